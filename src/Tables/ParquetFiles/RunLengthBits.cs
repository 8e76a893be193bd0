using System.Buffers.Binary;

namespace TopicGrpc.Tables.ParquetFiles;

/// <summary>Booleans as run lengths behind their size.</summary>
internal sealed class RunLengthBits : PageValues
{
    private RunLengths _runs;

    private RunLengthBits(RunLengths runs) => _runs = runs;

    public static RunLengthBits Create(ReadOnlyMemory<byte> data)
    {
        if (data.Length < sizeof(int))
        {
            throw PageNumbers.TooShort();
        }

        uint length = BinaryPrimitives.ReadUInt32LittleEndian(data.Span);
        return length > data.Length - sizeof(int)
            ? throw PageNumbers.TooShort()
            : new RunLengthBits(new RunLengths(data.Slice(sizeof(int), (int)length), 1));
    }

    public override void Next(ref RawValue value) => value.Bits = _runs.Next();
}
