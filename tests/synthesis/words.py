"""Words that people gave, on three matters that a reader would tell apart."""

METERS = (
    "The water meter at our well is read by the company and nobody in the village sees the number.",
    "Let the women of the village read the water meter at the well every week and write the number down.",
    "When the water meter broke, the village well was still reported as working for a year.",
    "Each village should choose which well is measured and who holds the water meter.",
    "The number on the water meter must hang at the well where the village can read it.",
)
SEATS = (
    "Our delegate on the board was picked by the ministry, so nobody trusts the seat.",
    "A seat on the board means little when the delegate was chosen in the capital.",
    "Let the farmers elect their own delegate to the board, and publish how the seat was filled.",
    "Two seats on the board stand empty because the delegate left and no election was held.",
    "The board gave business a seat but the delegate of the farmers has no vote.",
)
HOTLINES = (
    "The complaint hotline never calls back, so people stopped calling the hotline.",
    "A hotline for complaints only works if somebody answers the call in our language.",
    "I called the complaint hotline nine times and know its music by heart.",
    "Deaf people cannot call a hotline; the complaint line needs text messages.",
    "Publish how many complaint calls the hotline took and how many it answered.",
)
EVERYTHING = METERS + SEATS + HOTLINES
