namespace Rapida.Audio;

/// <summary>The smallest of the last 80 values (1.6 s of 20 ms frames), kept as eight minima of ten values each.</summary>
internal sealed class RunningMinimum
{
    private const int Blocks = 8;
    private const int BlockLength = 10;

    private readonly float[] _minima = new float[Blocks];
    private int _count;

    public RunningMinimum(float initial) => Array.Fill(_minima, initial);

    public float Push(float value)
    {
        var block = _count / BlockLength % Blocks;
        _minima[block] = _count % BlockLength == 0 ? value : Math.Min(_minima[block], value);
        _count = (_count + 1) % (Blocks * BlockLength);

        var smallest = _minima[0];
        foreach (var minimum in _minima)
            smallest = Math.Min(smallest, minimum);
        return smallest;
    }
}
