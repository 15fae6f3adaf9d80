"""How well French is understood, measured on sentences that training has not seen."""
