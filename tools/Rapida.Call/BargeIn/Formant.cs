namespace Rapida.Call.BargeIn;

/// <summary>A resonance of the throat, mouth or nose: a filter with one pair of poles (D. H. Klatt, J. Acoust. Soc. Am. 67, 1980).</summary>
internal sealed class Formant
{
    private readonly double _gain;
    private readonly double _last;
    private readonly double _lastButOne;
    private double _output;
    private double _outputBefore;

    public Formant(double hertz, double bandwidth, int rate)
    {
        _lastButOne = -Math.Exp(-2 * Math.PI * bandwidth / rate);
        _last = 2 * Math.Exp(-Math.PI * bandwidth / rate) * Math.Cos(2 * Math.PI * hertz / rate);
        _gain = 1 - _last - _lastButOne;
    }

    public double Filter(double input)
    {
        var output = _gain * input + _last * _output + _lastButOne * _outputBefore;
        (_outputBefore, _output) = (_output, output);
        return output;
    }
}
