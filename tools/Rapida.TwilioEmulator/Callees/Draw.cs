using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Rapida.TwilioEmulator.Callees;

/// <summary>Chance that can be repeated: the same seed, number and question give the same draw.</summary>
internal readonly record struct Draw(int Seed, string Number)
{
    /// <summary>From 0 to below 1.</summary>
    public double Of(string question)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes($"{Seed}|{Number}|{question}"), hash);
        // 53 bits are what a double holds.
        return (BinaryPrimitives.ReadUInt64BigEndian(hash) >> 11) / (double)(1UL << 53);
    }

    public bool Happens(string question, double probability) => Of(question) < probability;

    public TimeSpan Between(string question, TimeSpan least, TimeSpan most) => least + Of(question) * (most - least);
}
