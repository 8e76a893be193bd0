using System.Buffers;
using System.Globalization;
using System.Text;
using TopicGrpc.Shared;
using TopicGrpc.Shared.Limits;

namespace TopicGrpc.Server.Receiving;

/// <summary>
/// Reads the bytes of a message before it is parsed: computes the memory that its objects will take, and finds lists with more elements
/// than the contract allows. A few bytes on the wire may become a hundred times as many in memory. The scan allocates nothing but its
/// result. It stops where the message is malformed; parsing stops there too.
/// </summary>
internal ref struct MessageScan
{
    private const int MaxDepth = 100;
    private const int StringBytes = 32;

    private readonly List<(FieldShape Field, long Index)> _path = [];
    private readonly List<Violation> _found = [];
    private SequenceReader<byte> _reader;
    private int _unchecked;
    private long _bytes;

    private MessageScan(in ReadOnlySequence<byte> message) => _reader = new SequenceReader<byte>(message);

    private enum WireType
    {
        Varint = 0,
        Fixed64 = 1,
        Length = 2,
        GroupStart = 3,
        GroupEnd = 4,
        Fixed32 = 5,
    }

    /// <summary>Scans a message.</summary>
    /// <returns>Bytes in memory of the parsed message, and the lists that are too long; null for none.</returns>
    public static (long Bytes, ViolationList? Violations) Run(in ReadOnlySequence<byte> message, MessageShape shape)
    {
        MessageScan scan = new(message);
        scan.ReadMessage(shape, message.Length, 0);
        ViolationList violations = new();
        scan._found.ForEach(violations.Add);
        return (scan._bytes, violations.Count == 0 ? null : violations);
    }

    private static bool IsNumberOf(FieldShape field, WireType type) => field.IsPackable && type == field.FixedBytes switch
    {
        8 => WireType.Fixed64,
        4 => WireType.Fixed32,
        _ => WireType.Varint,
    };

    /// <returns>Whether the message is well-formed so far.</returns>
    private bool ReadMessage(MessageShape shape, long end, int depth)
    {
        _bytes += shape.ObjectBytes;
        if (depth > MaxDepth)
        {
            return false;
        }

        Span<long> counts = stackalloc long[shape.ListCount];
        bool isWhole = ReadFields(shape, end, depth, counts);
        AddViolations(shape, counts);
        return isWhole;
    }

    private bool ReadFields(MessageShape shape, long end, int depth, scoped Span<long> counts)
    {
        while (_reader.Consumed < end)
        {
            if (!TryReadVarint(out ulong tag) || tag >> 3 is 0 or > int.MaxValue)
            {
                return false;
            }

            var type = (WireType)(tag & 7);
            bool isRead = shape.Find((int)(tag >> 3)) is { } field
                ? ReadKnown(field, type, end, depth, counts)
                : Skip(type, end, depth);
            if (!isRead)
            {
                return false;
            }
        }

        return _reader.Consumed == end;
    }

    private bool ReadKnown(FieldShape field, WireType type, long end, int depth, scoped Span<long> counts)
    {
        if (type != WireType.Length)
        {
            // A value of another type than that of the field is an unknown field for the parser.
            Count(field, counts, IsNumberOf(field, type) ? 1 : 0);
            return Skip(type, end, depth);
        }

        if (!TryReadLength(end, out long length))
        {
            return false;
        }

        if (field.IsPackable)
        {
            return ReadPacked(field, length, counts);
        }

        Count(field, counts, 1);
        if (field.Nested is not { } nested)
        {
            _bytes += StringBytes + (field.IsText ? 2 * length : length);
            _reader.Advance(length);
            return true;
        }

        _path.Add((field, field.List < 0 ? -1 : counts[field.List] - 1));
        _unchecked += field.IsCheckedApart ? 1 : 0;
        bool isWhole = ReadMessage(nested, _reader.Consumed + length, depth + 1);
        _unchecked -= field.IsCheckedApart ? 1 : 0;
        _path.RemoveAt(_path.Count - 1);
        return isWhole;
    }

    private bool ReadPacked(FieldShape field, long length, scoped Span<long> counts)
    {
        if (field.FixedBytes > 0)
        {
            Count(field, counts, length / field.FixedBytes);
            _reader.Advance(length);
            return true;
        }

        // Each varint ends with a byte below 128.
        long end = _reader.Consumed + length;
        long numbers = 0;
        while (_reader.Consumed < end)
        {
            ReadOnlySpan<byte> part = _reader.UnreadSpan;
            part = part[..(int)Math.Min(part.Length, end - _reader.Consumed)];
            foreach (byte value in part)
            {
                numbers += value < 0x80 ? 1 : 0;
            }

            _reader.Advance(part.Length);
        }

        Count(field, counts, numbers);
        return true;
    }

    private void Count(FieldShape field, scoped Span<long> counts, long elements)
    {
        _bytes += elements * field.ValueBytes;
        if (field.List >= 0)
        {
            counts[field.List] += elements;
        }
    }

    private bool Skip(WireType type, long end, int depth)
    {
        switch (type)
        {
            case WireType.Varint:
                return TryReadVarint(out _) && _reader.Consumed <= end;
            case WireType.Fixed64:
                return TryAdvance(8, end);
            case WireType.Fixed32:
                return TryAdvance(4, end);
            case WireType.Length:
                return TryReadLength(end, out long length) && TryAdvance(length, end);
            case WireType.GroupStart:
                return SkipGroup(end, depth + 1);
            default:
                return false;
        }
    }

    private bool SkipGroup(long end, int depth)
    {
        while (depth <= MaxDepth && _reader.Consumed < end && TryReadVarint(out ulong tag))
        {
            var type = (WireType)(tag & 7);
            if (type == WireType.GroupEnd)
            {
                return true;
            }

            if (!Skip(type, end, depth))
            {
                return false;
            }
        }

        return false;
    }

    private bool TryReadLength(long end, out long length)
    {
        bool isRead = TryReadVarint(out ulong value);
        length = (long)Math.Min(value, long.MaxValue);
        return isRead && length <= end - _reader.Consumed;
    }

    private bool TryAdvance(long count, long end)
    {
        if (count > end - _reader.Consumed)
        {
            return false;
        }

        _reader.Advance(count);
        return true;
    }

    private bool TryReadVarint(out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 70 && _reader.TryRead(out byte part); shift += 7)
        {
            value |= (ulong)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return true;
            }
        }

        return false;
    }

    private void AddViolations(MessageShape shape, scoped ReadOnlySpan<long> counts)
    {
        for (int list = 0; list < counts.Length; list++)
        {
            FieldShape field = shape.ListAt(list);
            if (_unchecked == 0 && field.MaxItems is { } limit && counts[list] > limit)
            {
                AddViolation(field, limit, counts[list]);
            }
        }
    }

    private readonly void AddViolation(FieldShape field, long limit, long actual)
    {
        // As in the check of the request, the elements of a list that is too long do not count.
        string path = PathOf(field);
        _found.RemoveAll(below => below.Field.StartsWith(path + "[", StringComparison.Ordinal));
        if (_found.Count == ViolationList.MaxItems)
        {
            return;
        }

        string text = string.Create(CultureInfo.InvariantCulture, $"at most {limit} elements, {actual} given");
        _found.Add(new Violation(path, text)
        {
            Reason = field.IsContent ? ErrorReasons.InputTooLarge : ErrorReasons.InvalidField,
            Limit = limit,
            Actual = actual,
        });
    }

    private readonly string PathOf(FieldShape last)
    {
        StringBuilder text = new();
        foreach ((FieldShape field, long index) in _path)
        {
            text.Append(field.Name);
            if (index >= 0)
            {
                text.Append(CultureInfo.InvariantCulture, $"[{index}]");
            }

            text.Append('.');
        }

        return text.Append(last.Name).ToString();
    }
}
