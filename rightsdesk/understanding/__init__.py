"""Understanding: masked text in, its language and ranked topics out. Needs no Rasa and no TensorFlow."""
