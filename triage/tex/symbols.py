"""What TeX's names look like in Unicode: letters, relations, arrows, operators, accents and fonts.

The names are those of plain TeX, LaTeX, AMS and the AAS journals' macros; the characters those of Unicode's
math blocks.
"""

from triage.tex.rarer_symbols import CYRILLIC, PLANETS, RARER


def _table(rows: str) -> dict[str, str]:
    """Read `name character` pairs."""
    words = rows.split()
    return dict(zip(words[::2], words[1::2], strict=True))


def _names(names: str) -> frozenset[str]:
    return frozenset(names.split())


GREEK = _table(
    """
    alpha α beta β gamma γ delta δ epsilon ϵ varepsilon ε zeta ζ eta η theta θ vartheta ϑ iota ι kappa κ
    varkappa ϰ lambda λ mu μ nu ν xi ξ omicron ο pi π varpi ϖ rho ρ varrho ϱ sigma σ varsigma ς tau τ
    upsilon υ phi ϕ varphi φ chi χ psi ψ omega ω digamma ϝ Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π
    Sigma Σ Upsilon Υ Phi Φ Psi Ψ Omega Ω Alpha Α Beta Β Epsilon Ε Zeta Ζ Eta Η Iota Ι Kappa Κ Mu Μ Nu Ν
    Rho Ρ Tau Τ Chi Χ varGamma Γ varDelta Δ varTheta Θ varLambda Λ varXi Ξ varPi Π varSigma Σ varUpsilon Υ
    varPhi Φ varPsi Ψ varOmega Ω upalpha α upbeta β upgamma γ upmu μ uppi π textmu μ
"""
)

SYMBOLS = (
    _table(CYRILLIC)
    | _table(RARER)
    | GREEK
    | _table(
        """
    pm ± mp ∓ times × div ÷ cdot · ast ∗ star ⋆ circ ∘ bullet • oplus ⊕ ominus ⊖ otimes ⊗ oslash ⊘ odot ⊙
    cap ∩ cup ∪ uplus ⊎ sqcap ⊓ sqcup ⊔ vee ∨ lor ∨ wedge ∧ land ∧ setminus ∖ smallsetminus ∖ wr ≀ amalg ⨿
    dagger † ddagger ‡ dag † ddag ‡ bigcirc ◯ bigtriangleup △ bigtriangledown ▽ triangleleft ◁
    triangleright ▷ boxplus ⊞ boxtimes ⊠ boxminus ⊟ boxdot ⊡ ltimes ⋉ rtimes ⋊ bowtie ⋈ diamond ⋄
    barwedge ⊼ veebar ⊻ leq ≤ le ≤ geq ≥ ge ≥ leqslant ⩽ geqslant ⩾ leqq ≦ geqq ≧ ll ≪ gg ≫ lll ⋘ ggg ⋙
    neq ≠ ne ≠ equiv ≡ sim ∼ simeq ≃ approx ≈ approxeq ≊ cong ≅ propto ∝ varpropto ∝ asymp ≍ doteq ≐
    coloneqq ≔ coloneq ≔ eqqcolon ≕ triangleq ≜ eqdef ≝ prec ≺ succ ≻ preceq ≼ succeq ≽ precsim ≾
    succsim ≿ preccurlyeq ≼ succcurlyeq ≽ lesssim ≲ gtrsim ≳ lessapprox ⪅ gtrapprox ⪆ lessgtr ≶ gtrless ≷
    la ≲ ga ≳ lapprox ⪅ gapprox ⪆ lsim ≲ gsim ≳ apprle ≲ apprge ≳ simlt ≲ simgt ≳ nleq ≰
    ngeq ≱ nless ≮ ngtr ≯ nsim ≁ ncong ≇ backsim ∽
    subset ⊂ supset ⊃ subseteq ⊆ supseteq ⊇ subsetneq ⊊ supsetneq ⊋ nsubseteq ⊈
    sqsubset ⊏ sqsupset ⊐ sqsubseteq ⊑ sqsupseteq ⊒ in ∈ ni ∋ notin ∉ owns ∋ mid ∣ nmid ∤ parallel ∥
    nparallel ∦ perp ⊥ bot ⊥ top ⊤ vdash ⊢ dashv ⊣ models ⊨ vDash ⊨ Vdash ⊩ nvdash ⊬ smile ⌣ frown ⌢
    between ≬ pitchfork ⋔ Join ⋈ to → rightarrow → leftarrow ← gets ← leftrightarrow ↔ Rightarrow ⇒
    Leftarrow ⇐ Leftrightarrow ⇔ iff ⇔ implies ⇒ impliedby ⇐ longrightarrow ⟶ longleftarrow ⟵
    longleftrightarrow ⟷ Longrightarrow ⟹ Longleftarrow ⟸ Longleftrightarrow ⟺ mapsto ↦ longmapsto ⟼
    hookrightarrow ↪ hookleftarrow ↩ uparrow ↑ downarrow ↓ updownarrow ↕ Uparrow ⇑ Downarrow ⇓ nearrow ↗
    searrow ↘ swarrow ↙ nwarrow ↖ rightharpoonup ⇀ rightharpoondown ⇁ leftharpoonup ↼ leftharpoondown ↽
    rightleftharpoons ⇌ leftrightarrows ⇆ rightleftarrows ⇄ twoheadrightarrow ↠ rightarrowtail ↣
    rightsquigarrow ⇝ leadsto ⇝ dashrightarrow ⇢ circlearrowleft ↺ circlearrowright ↻ upharpoonright ↾
    restriction ↾ multimap ⊸ textrightarrow → textleftarrow ← textuparrow ↑ textdownarrow ↓ nrightarrow ↛
    sum ∑ prod ∏ coprod ∐ int ∫ iint ∬ iiint ∭ oint ∮ smallint ∫ bigcap ⋂ bigcup ⋃ bigvee ⋁ bigwedge ⋀
    bigoplus ⨁ bigotimes ⨂ bigodot ⨀ biguplus ⨄ bigsqcup ⨆ infty ∞ partial ∂ nabla ∇ forall ∀ exists ∃
    nexists ∄ emptyset ∅ varnothing ∅ neg ¬ lnot ¬ prime ′ hbar ℏ hslash ℏ ell ℓ wp ℘ Re ℜ Im ℑ aleph ℵ
    beth ℶ imath ı jmath ȷ angle ∠ measuredangle ∡ triangle △ vartriangle △ square □ Box □ blacksquare ■
    Diamond ◇ lozenge ◊ clubsuit ♣ diamondsuit ♢ heartsuit ♡ spadesuit ♠ flat ♭ natural ♮ sharp ♯ surd √
    complement ∁ eth ð mho ℧ therefore ∴ because ∵ checkmark ✓ cmark ✓ xmark ✗ dots … ldots … cdots ⋯
    vdots ⋮ ddots ⋱ dotsc … dotsb ⋯ dotso … dotsm ⋯ textellipsis … bigstar ★ maltese ✠ qed ∎ QED ∎
    blacktriangle ▲ blacktriangledown ▼ blacktriangleright ▶ colon : langle ⟨ rangle ⟩ lfloor ⌊ rfloor ⌋
    lceil ⌈ rceil ⌉ lvert | rvert | vert | lVert ‖ rVert ‖ Vert ‖ lbrace { rbrace } lbrack [ rbrack ]
    llbracket ⟦ rrbracket ⟧ backslash ∖ slash / llcorner ⌞ lrcorner ⌟ degree ° textdegree ° degr °
    arcdeg ° arcmin ′ arcsec ″ farcs .″ farcm .′ fdg .° fs .ˢ fd .ᵈ fh .ʰ micron μm sun ☉ earth ⊕ AA Å
    angstrom Å Angstrom Å ohm Ω celsius °C micro μ aa å ae æ AE Æ oe œ OE Œ
    o ø O Ø l ł L Ł ss ß i ı j ȷ dh ð DH Ð th þ TH Þ
    dj đ DJ Đ ng ŋ NG Ŋ S § P ¶ copyright © textcopyright © textregistered ® texttrademark ™ pounds £
    textsterling £ texteuro € euro € textyen ¥ textcent ¢ textbackslash \\ textasciitilde ~
    textasciicircum ^ textunderscore _ textbar | textless < textgreater > textdollar $ textpercent %
    textbraceleft { textbraceright } lq ‘ rq ’ textquotesingle ' textquoteleft ‘ textquoteright ’
    textquotedblleft “ textquotedblright ” guillemotleft « guillemotright » textendash – textemdash —
    textbullet • textperiodcentered · textdagger † textdaggerdbl ‡ texttimes × textpm ± textasciimacron ¯
    textonehalf ½ textquestiondown ¿ textexclamdown ¡ TeX TeX LaTeX LaTeX BibTeX BibTeX LaTeXe LaTeX2ε
"""
    )
)

LETTERS = _names("aa ae AE oe OE o O l L ss i j dh DH th TH dj DJ ng NG AA")
"""Macros that are letters of words: `S\\o ren` swallows its space."""

OPENERS = _names(
    "textquotedblleft textquoteleft lq guillemotleft guilsinglleft pounds textsterling textdollar"
)
"""Signs of text that stand close to what follows."""

NUMBER_SETS = _table("R ℝ RR ℝ reals ℝ Q ℚ QQ ℚ Z ℤ ZZ ℤ N ℕ NN ℕ C ℂ CC ℂ FF 𝔽 PP ℙ EE 𝔼")
"""Names nearly every author gives to the number sets."""
MATH_ONLY = NUMBER_SETS | _table(PLANETS)
"""What names a symbol in a formula, and elsewhere may be the name of anything."""
AUTHORS_OWN = _names("O o L l P S th dh ng ss dj TH DH NG DJ")
"""Letters and signs of text that LaTeX refuses in math: there they are an author's own macro."""

TEXT_ONLY = {
    "deg": "°",
    "ie": "i.e.",
    "eg": "e.g.",
    "etal": "et al.",
    "etc": "etc.",
    "cf": "cf.",
    "vs": "vs.",
}
"""Names of a symbol in text that name something else in math."""

OPERATORS = _names(
    """
    arccos arccot arcsin arctan arg argmax argmin cos cosh cot coth csc deg det diag dim exp gcd hom inf
    ker lg lim liminf limsup ln log max min mod Pr sec sech sgn sign sin sinh sup tan tanh tr Tr rank supp
    span Var Cov poly polylog erf argsup arginf injlim projlim varlimsup varliminf varinjlim varprojlim bmod
    arccosh arcsinh arctanh arcosh arsinh artanh arcsec arccsc csch Hom End Aut Gal Ker coker colim lcm ord
    vol diam dist conv trace curl grad erfc sinc softmax
"""
)
OPERATOR_WORDS = {"bmod": "mod", "varinjlim": "inj lim", "varprojlim": "proj lim"}
"""Operators that do not print their name."""

SPACES = _names(
    """
    quad qquad enspace enskip thinspace medspace thickspace space hfill newline linebreak par hfil
    allowbreak nobreakspace , : ; > ~
"""
) | {" ", "\n", "\t"}  # fmt: skip
NOTHING = _names(
    """
    left right big Big bigg Bigg bigl bigr Bigl Bigr biggl biggr Biggl Biggr bigm Bigm middle displaystyle
    textstyle scriptstyle scriptscriptstyle limits nolimits nonumber notag noindent centering protect
    relax xspace tiny scriptsize footnotesize small normalsize large Large LARGE huge Huge boldmath
    unboldmath null negthinspace negmedspace negthickspace strut mathstrut nobreak unskip ignorespaces break
    looseness allowdisplaybreaks singlespacing doublespacing onehalfspacing bigskip medskip smallskip indent
    maketitle newpage clearpage hss vss vfill raggedright justify frenchspacing sloppy selectfont
    nopagebreak pagebreak nolinebreak eqno leqno ! - / @
"""
)

PLAIN_SWITCHES = _names(
    """
    rm bf it em tt sc sf sl bfseries itshape ttfamily scshape sffamily rmfamily slshape upshape mdseries
    normalfont mit
"""
)
FONT_SWITCHES = {"cal": "cal", "scr": "cal"}
FONTS = {
    "mathbb": "bb",
    "Bbb": "bb",
    "bbold": "bb",
    "mathds": "bb",
    "mathbbm": "bb",
    "mathcal": "cal",
    "mathscr": "cal",
    "mathfrak": "frak",
    "frak": "frak",
    "goth": "frak",
    "mathbfcal": "cal",
    "bcal": "cal",
    "symcal": "cal",
    "symscr": "cal",
    "symbb": "bb",
    "symfrak": "frak",
}

TEXT_STYLES = _names(
    """
    text textbf textit textrm textsc textsf textsl texttt textup textmd textnormal emph mbox hbox fbox
    makebox framebox underline uline uuline sout uppercase lowercase textsubscript centerline enquote
    leavevmode textls mathtext textlf textsw intertext shortintertext uwave textquote
    MakeUppercase MakeLowercase dotuline dashuline xout
"""
)
MATH_STYLES = _names(
    """
    mathrm mathbf mathit mathsf mathtt mathnormal boldsymbol bm pmb operatorname operatorname* mathop
    mathrel mathbin mathord mathopen mathclose mathpunct mathinner ensuremath mathup mathbfit mathbfsf
    symbf symrm symit symsf symup overbrace underbrace overbracket underbracket smash boxed cancel bcancel
    xcancel bold overparen substack mathbold mathrlap mathllap mathclap rlap llap clap vcenter vbox vtop
    mathlarger mathsmaller vb vectorbold qty quantity roman
"""
)

WRAPPERS = _names(
    """
    code codeword hl ul st strong ac acp acs acl acf gls glspl Gls Glspl acrshort acrlong red blue green
    purple magenta orange teal cyan brown violet section subsection subsubsection paragraph title caption
    chapter subtitle author highlight revised added
"""
)
"""Macros of packages and authors that show their argument; without one they are names like any other."""

ROMAN = _names(
    """
    rm mathrm text textrm mathsf textsf mathtt texttt textsc textit mathit mbox hbox operatorname tt sf sc
    it bf mathbf textbf textnormal
"""
)  # fmt: skip
"""Fonts that say: these letters are a word, not a row of indices."""

ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", '"': "\u0308", "~": "\u0303", "=": "\u0304", ".": "\u0307",
    "u": "\u0306", "v": "\u030c", "H": "\u030b", "t": "\u0361", "c": "\u0327", "d": "\u0323", "b": "\u0331",
    "r": "\u030a", "k": "\u0328", "textcommabelow": "\u0326", "cb": "\u0326",
}  # fmt: skip
MATH_ACCENTS = {
    "hat": "\u0302", "widehat": "\u0302", "tilde": "\u0303", "widetilde": "\u0303", "bar": "\u0304",
    "overline": "\u0305", "vec": "\u20d7", "overrightarrow": "\u20d7", "dot": "\u0307", "ddot": "\u0308",
    "dddot": "\u20db", "check": "\u030c", "widecheck": "\u030c", "breve": "\u0306", "acute": "\u0301",
    "grave": "\u0300", "mathring": "\u030a", "underbar": "\u0332", "underline": "\u0332",
}  # fmt: skip

ENVIRONMENTS = _names(
    """
    equation align gather multline eqnarray displaymath math split aligned gathered cases alignat flalign
    dcases rcases subequations array matrix pmatrix bmatrix vmatrix Bmatrix Vmatrix smallmatrix alignedat
    IEEEeqnarray subarray darray empheq lgathered rgathered multlined xalignat dmath
"""
)
ENVIRONMENTS_WITH_COLUMNS = _names("array darray subarray alignat alignedat xalignat IEEEeqnarray")
"""Environments that begin with an argument of their own."""
LISTS = _names(
    """
    itemize enumerate description quote quotation center small abstract flushleft flushright compactitem
    inparaenum compactenum verse inparaitem spacing singlespace sloppypar footnotesize
"""
)
STATEMENTS = _names(
    """
    theorem lemma corollary proposition definition remark conjecture example proof claim problem question
    result fact observation assumption hypothesis
"""
)
"""Environments whose name a reader sees before the text."""
