"""Symbols that few papers use: of the AMS and text companion fonts, of Cyrillic, astronomy, rarer packages.

A test compares the names and their characters with the tables of pylatexenc.
"""

RARER = """
    textmp ∓ lneqq ≨ gneqq ≩ nprec ⊀ nsucc ⊁ nsupseteq ⊉ iddots ⋰ dotsi … Omicron Ο textcurrency ¤
    textbrokenbar ¦ textsection § textasciidieresis ¨ textordfeminine ª textlnot ¬ texttwosuperior ²
    textthreesuperior ³ textasciiacute ´ textparagraph ¶ textonesuperior ¹ textordmasculine º textonequarter
    ¼ textthreequarters ¾ textdiv ÷ IJ Ĳ ij ĳ textflorin ƒ texthvlig ƕ textnrleg ƞ textschwa ə textphi ɸ
    textglotstop ʔ textturnk ʞ textasciicaron ˇ textasciibreve ˘ textacutedbl ˝ backepsilon ϶ textbaht ฿
    quotesinglbase ‚ quotedblbase „ textperthousand ‰ textpertenthousand ‱ backprime ‵ guilsinglleft ‹
    guilsinglright › textreferencemark ※ textinterrobang ‽ textfractionsolidus ⁄ textasteriskcentered ⁎
    textdiscount ⁒ textcolonmonetary ₡ textlira ₤ textnaira ₦ textwon ₩ textdong ₫ textpeso ₱ textcelsius ℃
    textnumero № textcircledP ℗ textrecipe ℞ textservicemark ℠ textohm Ω textmho ℧ textestimated ℮ gimel ℷ
    daleth ℸ nleftarrow ↚ arrowwaveleft ↜ arrowwaveright ↝ twoheadleftarrow ↞ leftarrowtail ↢ looparrowleft
    ↫ looparrowright ↬ leftrightsquigarrow ↭ nleftrightarrow ↮ Lsh ↰ Rsh ↱ curvearrowleft ↶ curvearrowright
    ↷ upharpoonleft ↿ downharpoonright ⇂ downharpoonleft ⇃ dblarrowupdown ⇅ leftleftarrows ⇇ upuparrows ⇈
    rightrightarrows ⇉ downdownarrows ⇊ leftrightharpoons ⇋ nLeftarrow ⇍ nLeftrightarrow ⇎ nRightarrow ⇏
    Updownarrow ⇕ Lleftarrow ⇚ Rrightarrow ⇛ DownArrowUpArrow ⇵ dotplus ∔ rightangle ∟ sphericalangle ∢
    surfintegral ∯ volintegral ∰ clwintegral ∱ homothetic ∻ lazysinv ∾ approxnotequal ≆ tildetrpl ≋ allequal
    ≌ Bumpeq ≎ bumpeq ≏ doteqdot ≑ fallingdotseq ≒ risingdotseq ≓ eqcirc ≖ circeq ≗ starequal ≛
    notlessgreater ≸ notgreaterless ≹ circledcirc ⊚ circledast ⊛ circleddash ⊝ truestate ⊧ forcesextra ⊨
    Vvdash ⊪ VDash ⊫ nvDash ⊭ nVdash ⊮ nVDash ⊯ vartriangleleft ⊲ vartriangleright ⊳ trianglelefteq ⊴
    trianglerighteq ⊵ hermitconjmatrix ⊹ intercal ⊺ rightanglearc ⊾ divideontimes ⋇ leftthreetimes ⋋
    rightthreetimes ⋌ backsimeq ⋍ curlyvee ⋎ curlywedge ⋏ Subset ⋐ Supset ⋑ Cap ⋒ Cup ⋓ lessdot ⋖ gtrdot ⋗
    verymuchless ⋘ verymuchgreater ⋙ lesseqgtr ⋚ gtreqless ⋛ curlyeqprec ⋞ curlyeqsucc ⋟ lnsim ⋦ gnsim ⋧
    precedesnotsimilar ⋨ succnsim ⋩ ntriangleleft ⋪ ntriangleright ⋫ ntrianglelefteq ⋬ ntrianglerighteq ⋭
    udots ⋰ varperspcorrespond ⌆ ulcorner ⌜ urcorner ⌝ lmoustache ⎰ rmoustache ⎱ textlangle 〈 textrangle 〉
    textblank ␢ textvisiblespace ␣ triangledown ▿ blacktriangleleft ◂ textopenbullet ◦ textbigcircle ◯
    textmusicalnote ♪ quarternote ♩ blacklozenge ⧫ clockoint ⨏ sqrint ⨖ lneq ⪇ gneq ⪈ lnapprox ⪉ gnapprox ⪊
    lesseqqgtr ⪋ gtreqqless ⪌ eqslantless ⪕ eqslantgtr ⪖ precneqq ⪵ succneqq ⪶ precapprox ⪷ succapprox ⪸
    precnapprox ⪹ succnapprox ⪺ subseteqq ⫅ supseteqq ⫆ subsetneqq ⫋ supsetneqq ⫌ textasciigrave `
    textdoublepipe ǂ texttildelow ˜ texttheta θ textvartheta ϑ Stigma Ϛ Digamma Ϝ Koppa Ϟ Sampi Ϡ textTheta
    ϴ Colon ∷ lessequivlnt ≲ greaterequivlnt ≳ upslopeellipsis ⋰ downslopeellipsis
    ⋱ circledS Ⓢ diagup ╱ rightmoon ☾ eighthnote ♪ UpArrowBar ⤒ DownArrowBar ⤓ LeftRightVector ⥎
    RightUpDownVector ⥏ DownLeftRightVector ⥐ LeftUpDownVector ⥑ LeftVectorBar ⥒ RightVectorBar ⥓
    RightUpVectorBar ⥔ RightDownVectorBar ⥕ DownLeftVectorBar ⥖ DownRightVectorBar ⥗ LeftUpVectorBar ⥘
    LeftDownVectorBar ⥙ LeftTeeVector ⥚ RightTeeVector ⥛ RightUpTeeVector ⥜ RightDownTeeVector ⥝
    DownLeftTeeVector ⥞ DownRightTeeVector ⥟ LeftUpTeeVector ⥠ LeftDownTeeVector ⥡ UpEquilibrium ⥮
    ReverseUpEquilibrium ⥯ RoundImplies ⥰ LeftTriangleBar ⧏ RightTriangleBar ⧐ RuleDelayed ⧴ perspcorrespond
    ⩞ NestedLessLess ⪡ NestedGreaterGreater ⪢ openbracketleft 〚 openbracketright 〛
    lt < gt > hyphen - doublebarwedge ⩞ shortmid ∣ shortparallel ∥ thicksim ∼ thickapprox ≈ eqqsim ≂ nsubset
    ⊄ nsupset ⊅ precneq ⪱ succneq ⪲ preceqq ⪳ succeqq ⪴ varsubsetneq ⊊ varsupsetneq ⊋ triangleeq ≜ Coloneqq
    ⩴ dblcolon ∷ vcentcolon : ratio ∶ shortrightarrow → shortleftarrow ← longhookrightarrow ↪ lhd ⊲ rhd ⊳
    unlhd ⊴ unrhd ⊵ bigstar ★ blackdiamond ◆ oiint ∯ oiiint ∰ fint ⨍ iiiint ⨌ intop ∫ ointop ∮ upepsilon ϵ
    upvarepsilon ε updelta δ upzeta ζ upeta η uptheta θ upiota ι upkappa κ uplambda λ upnu ν upxi ξ uprho ρ
    upsigma σ uptau τ upupsilon υ upphi ϕ upvarphi φ upchi χ uppsi ψ upomega ω Upgamma Γ Updelta Δ Uptheta Θ
    Uplambda Λ Upxi Ξ Uppi Π Upsigma Σ Upphi Φ Uppsi Ψ Upomega Ω textalpha α textbeta β textgamma γ
    textdelta δ textepsilon ε textlambda λ textpi π textsigma σ textomega ω textOmega Ω textDelta Δ
    textSigma Σ lVvert ⦀ rVvert ⦀ lbag ⟅ rbag ⟆ lgroup ⟮ rgroup ⟯ gradient ∇ laplacian ∇² divergence ∇·
    permil ‰ perthousand ‰ textpermil ‰ arcdegr ° textprime ′ dprime ″ trprime ‴ medbullet • medcirc ◦
    medstar ⋆ bigcurlyvee ⋁ bigcurlywedge ⋀ female ♀ astrosun ☉ Sun ☉ Earth ⊕ Bbbk 𝕜 diagdown ╲ doublecap ⋒
    doublecup ⋓ gggtr ⋙ llless ⋘ eqsim ≂ nshortmid ∤ nshortparallel ∦ ngeqq ≱ nleqq ≰ ngeqslant ≱ nleqslant
    ≰ npreceq ⋠ nsucceq ⋡ nsubseteqq ⊈ nsupseteqq ⊉ lvertneqq ≨ gvertneqq ≩ precnsim ⋨ varsubsetneqq ⫋
    varsupsetneqq ⫌ dashleftarrow ⇠ Mapsto ⤇ leftrightarroweq ⇔ downuparrows ⇵ updownarrows ⇅
    leftrightharpoonup ⥎ lightning ↯ guillemetleft « guillemetright » textpilcrow ¶ rupee ₹ textrupee ₹
    bitcoin ₿ textbitcoin ₿
"""

PLANETS = "mercury ☿ venus ♀ jupiter ♃ saturn ♄ uranus ♅ neptune ♆ pluto ♇"

CYRILLIC = """
    CYRYO Ё CYRDJE Ђ CYRIE Є CYRDZE Ѕ CYRII І CYRYI Ї CYRJE Ј CYRLJE Љ CYRNJE Њ CYRTSHE Ћ CYRUSHRT Ў CYRDZHE
    Џ CYRA А CYRB Б CYRV В CYRG Г CYRD Д CYRE Е CYRZH Ж CYRZ З CYRI И CYRISHRT Й CYRK К CYRL Л CYRM М CYRN Н
    CYRO О CYRP П CYRR Р CYRS С CYRT Т CYRU У CYRF Ф CYRH Х CYRC Ц CYRCH Ч CYRSH Ш CYRSHCH Щ CYRHRDSN Ъ
    CYRERY Ы CYRSFTSN Ь CYREREV Э CYRYU Ю CYRYA Я cyra а cyrb б cyrv в cyrg г cyrd д cyre е cyrzh ж cyrz з
    cyri и cyrishrt й cyrk к cyrl л cyrm м cyrn н cyro о cyrp п cyrr р cyrs с cyrt т cyru у cyrf ф cyrh х
    cyrc ц cyrch ч cyrsh ш cyrshch щ cyrhrdsn ъ cyrery ы cyrsftsn ь cyrerev э cyryu ю cyrya я cyryo ё cyrdje
    ђ cyrie є cyrdze ѕ cyrii і cyryi ї cyrje ј cyrlje љ cyrnje њ cyrtshe ћ cyrushrt ў cyrdzhe џ CYRYAT Ѣ
    cyryat ѣ CYRBYUS Ѫ cyrbyus ѫ CYRFITA Ѳ cyrfita ѳ CYRIZH Ѵ cyrizh ѵ CYRSEMISFTSN Ҍ cyrsemisftsn ҍ
    CYRRTICK Ҏ cyrrtick ҏ CYRGUP Ґ cyrgup ґ CYRGHCRS Ғ cyrghcrs ғ CYRGHK Ҕ cyrghk ҕ CYRZHDSC Җ cyrzhdsc җ
    CYRZDSC Ҙ cyrzdsc ҙ CYRKDSC Қ cyrkdsc қ CYRKVCRS Ҝ cyrkvcrs ҝ CYRKHCRS Ҟ cyrkhcrs ҟ CYRKBEAK Ҡ cyrkbeak
    ҡ CYRNDSC Ң cyrndsc ң CYRNG Ҥ cyrng ҥ CYRPHK Ҧ cyrphk ҧ CYRABHHA Ҩ cyrabhha ҩ CYRSDSC Ҫ cyrsdsc ҫ
    CYRTDSC Ҭ cyrtdsc ҭ CYRY Ү cyry ү CYRYHCRS Ұ cyryhcrs ұ CYRHDSC Ҳ cyrhdsc ҳ CYRTETSE Ҵ cyrtetse ҵ
    CYRCHRDSC Ҷ cyrchrdsc ҷ CYRCHVCRS Ҹ cyrchvcrs ҹ CYRSHHA Һ cyrshha һ CYRABHCH Ҽ cyrabhch ҽ CYRABHCHDSC Ҿ
    cyrabhchdsc ҿ CYRpalochka Ӏ CYRKHK Ӄ cyrkhk ӄ CYRLDSC Ӆ cyrldsc ӆ CYRNHK Ӈ cyrnhk ӈ CYRCHLDSC Ӌ
    cyrchldsc ӌ CYRMDSC Ӎ cyrmdsc ӎ CYRAE Ӕ cyrae ӕ CYRSCHWA Ә cyrschwa ә CYRABHDZE Ӡ cyrabhdze ӡ CYROTLD Ө
    cyrotld ө CYRGDSC Ӷ cyrgdsc ӷ CYRGDSCHCRS Ӻ cyrgdschcrs ӻ CYRHHK Ӽ cyrhhk ӽ CYRHHCRS Ӿ cyrhhcrs ӿ
"""
