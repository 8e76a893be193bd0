using System.Collections.Concurrent;
using System.Collections.Frozen;
using Google.Protobuf.Reflection;

namespace TopicGrpc.Server.Receiving;

/// <summary>What the scan of a message knows about its type, read once from the descriptor.</summary>
internal sealed class MessageShape
{
    private const int HeaderBytes = 24;
    private const int FieldBytes = 8;
    private const int ListBytes = 40;
    private const int MapBytes = 240;

    private static readonly ConcurrentDictionary<MessageDescriptor, MessageShape> Shapes = new();

    private readonly FrozenDictionary<int, FieldShape> _fields;
    private readonly FieldShape[] _lists;

    private MessageShape(MessageDescriptor type)
    {
        Dictionary<int, FieldShape> fields = [];
        List<FieldShape> lists = [];
        ObjectBytes = HeaderBytes;
        foreach (FieldDescriptor field in type.Fields.InFieldNumberOrder())
        {
            FieldShape shape = new(field, field.IsRepeated ? lists.Count : -1);
            fields.Add(field.FieldNumber, shape);
            if (field.IsRepeated)
            {
                lists.Add(shape);
            }

            // Generated classes create their lists and maps with the object, also empty ones.
            ObjectBytes += FieldBytes + (field.IsMap ? MapBytes : field.IsRepeated ? ListBytes : 0);
        }

        _fields = fields.ToFrozenDictionary();
        _lists = [.. lists];
    }

    /// <summary>Bytes in memory of a message without any field.</summary>
    public int ObjectBytes { get; }

    /// <summary>Number of its lists and maps.</summary>
    public int ListCount => _lists.Length;

    /// <summary>Returns the shape of a message type.</summary>
    public static MessageShape Of(MessageDescriptor type) => Shapes.GetOrAdd(type, static type => new MessageShape(type));

    /// <summary>Returns a list or map by its number among them.</summary>
    public FieldShape ListAt(int index) => _lists[index];

    /// <summary>Finds a field by its number; null for an unknown one, which parsing discards.</summary>
    public FieldShape? Find(int number) => _fields.GetValueOrDefault(number);
}
