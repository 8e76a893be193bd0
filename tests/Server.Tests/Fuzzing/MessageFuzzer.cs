using System.Globalization;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace TopicGrpc.Server.Tests.Fuzzing;

/// <summary>Makes messages of any type from its descriptor: plausible, at limits, beyond limits, and not well-formed.</summary>
internal sealed class MessageFuzzer(int seed)
{
    private const int MaxDepth = 5;

    private static readonly double[] Doubles =
        [0, -0.0, 1, -1, 0.5, double.NaN, double.PositiveInfinity, double.NegativeInfinity, double.MaxValue, double.Epsilon, 1e-308, 1e12];

    private static readonly long[] Integers =
        [0, 1, 2, 3, 10, 100, 1000, -1, int.MaxValue, int.MinValue, long.MaxValue, long.MinValue, 46_341, 65_536, 999_999_999_999];

    private static readonly string[] Strings =
    [
        string.Empty, " ", "m", "news", "stable", "a", "../x", "x\0y", "line\nbreak", "日本語", "😀", "e\u0301", "-1", "0", "{}", "%s%n",
        "corpora/none", "models/none", "models/m/versions/99999999999999999999", new('x', 65), new('y', 300), new('z', 5000),
        "fits/none", "author", "theme", "d00001", "\ufeff", "MODELS/M",
    ];

    private static readonly string[] Names = ["models/m", "corpora/news", "models/m/versions/1", "m", "stable", "d00000"];

    // Random is what a test with a fixed seed needs.
#pragma warning disable CA5394
    private readonly Random _random = new(seed);

    /// <summary>Makes the bytes of one message.</summary>
    /// <param name="type">Type of the message.</param>
    /// <param name="usesNames">Whether names of existing resources may occur.</param>
    public byte[] Bytes(MessageDescriptor type, bool usesNames)
    {
        byte[] bytes = Message(type, usesNames, 0).ToByteArray();
        return _random.Next(8) == 0 ? Damaged(bytes) : bytes;
    }

    /// <summary>Returns a number from 0 to one less than a bound.</summary>
    public int Next(int bound) => _random.Next(bound);

    private IMessage Message(MessageDescriptor type, bool usesNames, int depth)
    {
        IMessage message = type.Parser.ParseFrom([]);
        int odds = _random.Next(1, 4);
        foreach (FieldDescriptor field in type.Fields.InFieldNumberOrder())
        {
            if (_random.Next(4) >= odds || depth >= MaxDepth)
            {
                continue;
            }

            if (field.IsMap)
            {
                FieldDescriptor key = field.MessageType.FindFieldByNumber(1);
                FieldDescriptor value = field.MessageType.FindFieldByNumber(2);
                var map = (System.Collections.IDictionary)field.Accessor.GetValue(message);
                for (int count = Count(); count > 0; count--)
                {
                    map[Value(key, usesNames, depth + 1)] = Value(value, usesNames, depth + 1);
                }
            }
            else if (field.IsRepeated)
            {
                var list = (System.Collections.IList)field.Accessor.GetValue(message);
                for (int count = Count(); count > 0; count--)
                {
                    list.Add(Value(field, usesNames, depth + 1));
                }
            }
            else
            {
                field.Accessor.SetValue(message, Value(field, usesNames, depth + 1));
            }
        }

        return message;
    }

    private int Count() => _random.Next(40) == 0 ? 1500 : _random.Next(4);

    private object Value(FieldDescriptor field, bool usesNames, int depth) => field.FieldType switch
    {
        FieldType.Message or FieldType.Group => Message(field.MessageType, usesNames, depth),
        FieldType.String => String(field, usesNames),
        FieldType.Bytes => ByteString.CopyFrom(RandomBytes(_random.Next(64))),
        FieldType.Bool => _random.Next(2) == 0,
        FieldType.Double => Doubles[_random.Next(Doubles.Length)],
        FieldType.Float => (float)Doubles[_random.Next(Doubles.Length)],
        FieldType.Enum => Enum.ToObject(field.EnumType.ClrType, Enumeration(field.EnumType)),
        FieldType.Int32 or FieldType.SInt32 or FieldType.SFixed32 => unchecked((int)Integer()),
        FieldType.UInt32 or FieldType.Fixed32 => unchecked((uint)Integer()),
        FieldType.Int64 or FieldType.SInt64 or FieldType.SFixed64 => Integer(),
        _ => unchecked((ulong)Integer()),
    };

    private string String(FieldDescriptor field, bool usesNames)
    {
        if (usesNames && _random.Next(2) == 0)
        {
            return field.Name switch
            {
                "model" => "models/m",
                "corpus" => "corpora/news",
                _ => Names[_random.Next(Names.Length)],
            };
        }

        return _random.Next(50) == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{new string('w', _random.Next(200_000))}")
            : Strings[_random.Next(Strings.Length)];
    }

    private int Enumeration(EnumDescriptor type) =>
        _random.Next(5) == 0 ? _random.Next(-5, 1000) : type.Values[_random.Next(type.Values.Count)].Number;

    private long Integer() => Integers[_random.Next(Integers.Length)];

    private byte[] Damaged(byte[] bytes)
    {
        if (bytes.Length == 0 || _random.Next(4) == 0)
        {
            return RandomBytes(_random.Next(1, 100));
        }

        byte[] damaged = _random.Next(2) == 0 ? bytes[.._random.Next(bytes.Length)] : bytes.ToArray();
        for (int change = _random.Next(1, 5); change > 0 && damaged.Length > 0; change--)
        {
            damaged[_random.Next(damaged.Length)] = (byte)_random.Next(256);
        }

        return damaged;
    }

    private byte[] RandomBytes(int count)
    {
        byte[] bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
#pragma warning restore CA5394
}
