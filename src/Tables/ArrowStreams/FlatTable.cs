using System.Buffers.Binary;

namespace TopicGrpc.Tables.ArrowStreams;

/// <summary>
/// A table of a FlatBuffers message (https://flatbuffers.dev/internals): enough of it to check a message before it is read.
/// </summary>
internal readonly ref struct FlatTable
{
    private readonly ReadOnlySpan<byte> _message;
    private readonly int _table;
    private readonly int _fields;

    /// <param name="message">The whole message.</param>
    /// <param name="table">Place of the table.</param>
    /// <exception cref="ArgumentOutOfRangeException">The table is outside the message.</exception>
    public FlatTable(ReadOnlySpan<byte> message, int table)
    {
        _message = message;
        _table = table;
        _fields = table - BinaryPrimitives.ReadInt32LittleEndian(message[table..]);
    }

    /// <summary>Returns the root table of a message.</summary>
    public static FlatTable Root(ReadOnlySpan<byte> message) => new(message, BinaryPrimitives.ReadInt32LittleEndian(message));

    public byte Byte(int field) => Place(field) is var place and > 0 ? _message[place..][0] : (byte)0;

    public long Long(int field) => Place(field) is var place and > 0 ? BinaryPrimitives.ReadInt64LittleEndian(_message[place..]) : 0;

    /// <summary>Returns a table that a field refers to; false without one.</summary>
    public bool TryTable(int field, out FlatTable table)
    {
        int place = Place(field);
        table = place > 0 ? Follow(place) : default;
        return place > 0;
    }

    /// <summary>Returns the number of tables in a vector.</summary>
    public int Count(int field) => Place(field) is var place and > 0
        ? Math.Max(0, BinaryPrimitives.ReadInt32LittleEndian(_message[Target(place)..]))
        : 0;

    /// <summary>Returns a table of a vector.</summary>
    public FlatTable Item(int field, int index) => Follow(checked(Target(Place(field)) + sizeof(int) + (index * sizeof(int))));

    private FlatTable Follow(int place) => new(_message, Target(place));

    private int Target(int place) => checked(place + BinaryPrimitives.ReadInt32LittleEndian(_message[place..]));

    private int Place(int field)
    {
        int entry = (2 + field) * sizeof(ushort);
        int size = BinaryPrimitives.ReadUInt16LittleEndian(_message[_fields..]);
        int offset = size > entry ? BinaryPrimitives.ReadUInt16LittleEndian(_message[(_fields + entry)..]) : 0;
        return offset == 0 ? 0 : _table + offset;
    }
}
