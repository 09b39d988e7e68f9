# What PocketSphinx hears in a WAV file of 16 bits and one channel. Its model of English is in its package.
import sys
import wave

from pocketsphinx import Decoder

with wave.open(sys.argv[1]) as sound:
    # Some programs write the length of a stream that they do not know yet: what is there is read.
    frames = sound.readframes(sound.getnframes())
    decoder = Decoder(samprate=float(sound.getframerate()), nfft=1024, loglevel="FATAL")
decoder.start_utt()
decoder.process_raw(frames, no_search=False, full_utt=True)
decoder.end_utt()
heard = decoder.hyp()
print(heard.hypstr if heard else "")
