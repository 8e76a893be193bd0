using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;
using TopicGrpc.Client.Maps;

namespace TopicGrpc.Explorer.Map;

/// <summary>Points and columns of a map as the module <c>points.js</c> reads them: little-endian numbers behind a header.</summary>
internal static class MapFiles
{
    private const uint Magic = 0x314D4754; // "TGM1"
    private const int HeaderBytes = 16;

    /// <summary>Writes x and y, the topic and the probability of all points: 7 bytes per point, or 9 with 65,535 topics or more.</summary>
    public static byte[] Points(TopicMap map)
    {
        int count = map.Count;
        ReadOnlySpan<int> topics = map.TopicIds.Span;
        int topicBytes = LargestOf(topics) < ushort.MaxValue ? sizeof(ushort) : sizeof(uint);
        byte[] file = new byte[HeaderBytes + ((long)count * (4 + topicBytes + 1))];
        BinaryPrimitives.WriteUInt32LittleEndian(file, Magic);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(4), count);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(8), topicBytes);
        Span<byte> rest = file.AsSpan(HeaderBytes);
        rest = Write(rest, map.Coordinates.Span);
        foreach (int topic in topics)
        {
            if (topicBytes == sizeof(ushort))
            {
                BinaryPrimitives.WriteUInt16LittleEndian(rest, unchecked((ushort)topic));
            }
            else
            {
                BinaryPrimitives.WriteInt32LittleEndian(rest, topic);
            }

            rest = rest[topicBytes..];
        }

        map.Probabilities.Span.CopyTo(rest);
        return file;
    }

    /// <summary>Writes the values of an attribute, two bytes per point.</summary>
    public static byte[] Classes(MapClasses classes)
    {
        ushort[] values = MemoryMarshal.ToEnumerable(classes.Classes).Select(static value => (ushort)value).ToArray();
        return Column(
            new { kind = "attribute", attribute = classes.Attribute, names = classes.ClassNames },
            values.Length * sizeof(ushort),
            rest => Write(rest, values));
    }

    /// <summary>Writes the times, four bytes per point: 0 for none, otherwise one more than the seconds after the first time.</summary>
    public static byte[] Times(MapTimes times)
    {
        ReadOnlySpan<long> seconds = times.Seconds.Span;
        uint[] values = new uint[seconds.Length];
        for (int row = 0; row < values.Length; row++)
        {
            values[row] = (uint)Math.Clamp(seconds[row] + 1, 0, uint.MaxValue);
        }

        return Column(
            new { kind = "time", first = times.First.ToUnixTimeSeconds(), span = values.Length == 0 ? 0 : Math.Max(0L, values.Max() - 1L) },
            values.Length * sizeof(uint),
            rest =>
            {
                foreach (uint value in values)
                {
                    BinaryPrimitives.WriteUInt32LittleEndian(rest, value);
                    rest = rest[sizeof(uint)..];
                }
            });
    }

    private delegate void WriteValues(Span<byte> rest);

    private static byte[] Column(object description, int valueBytes, WriteValues write)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(description);
        int at = sizeof(uint) + ((json.Length + 3) / 4 * 4);
        byte[] file = new byte[at + valueBytes];
        BinaryPrimitives.WriteInt32LittleEndian(file, json.Length);
        json.CopyTo(file, sizeof(uint));
        write(file.AsSpan(at));
        return file;
    }

    private static Span<byte> Write(Span<byte> target, ReadOnlySpan<ushort> values)
    {
        foreach (ushort value in values)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(target, value);
            target = target[sizeof(ushort)..];
        }

        return target;
    }

    private static int LargestOf(ReadOnlySpan<int> topics)
    {
        int largest = -1;
        foreach (int topic in topics)
        {
            largest = Math.Max(largest, topic);
        }

        return largest;
    }
}
