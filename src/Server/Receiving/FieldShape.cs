using Google.Protobuf.Reflection;
using TopicGrpc.Shared.Limits;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Receiving;

/// <summary>What the scan of a message knows about one field.</summary>
internal sealed class FieldShape
{
    private const int SlotBytes = 8;
    private const int MapEntryBytes = 96;

    private readonly Lazy<MessageShape?> _nested;

    public FieldShape(FieldDescriptor field, int list)
    {
        FieldLimits limits = RequestLimits.Of(field);
        Name = field.Name;
        List = list;
        MaxItems = limits.HasMaxItems ? limits.MaxItems : null;
        IsContent = limits.Content;
        IsCheckedApart = limits.CheckedApart;
        IsText = field.FieldType == FieldType.String;

        // A list doubles its array when it is full, so that an element takes up to two slots.
        ValueBytes = field.IsMap ? MapEntryBytes : field.IsRepeated ? 2 * SlotBytes : 0;
        (IsPackable, FixedBytes) = Packing(field);
        _nested = new Lazy<MessageShape?>(() => field.FieldType is FieldType.Message or FieldType.Group
            ? MessageShape.Of(field.MessageType)
            : null);
    }

    /// <summary>Name in the contract.</summary>
    public string Name { get; }

    /// <summary>Number of the field among the lists and maps of its message; −1 for a single value.</summary>
    public int List { get; }

    /// <summary>Most elements; null: no limit.</summary>
    public long? MaxItems { get; }

    /// <summary>Whether too many elements are content that is too large instead of an invalid setting.</summary>
    public bool IsContent { get; }

    /// <summary>Whether a service checks the elements one by one and answers for each of them.</summary>
    public bool IsCheckedApart { get; }

    /// <summary>Whether the value is a string, which takes two bytes in memory for one byte of ASCII.</summary>
    public bool IsText { get; }

    /// <summary>Bytes in memory of one value, without its content.</summary>
    public int ValueBytes { get; }

    /// <summary>Whether many numbers may share one length-delimited value.</summary>
    public bool IsPackable { get; }

    /// <summary>Bytes of one packed number; 0: a varint.</summary>
    public int FixedBytes { get; }

    /// <summary>Shape of a nested message; null for another type.</summary>
    public MessageShape? Nested => _nested.Value;

    private static (bool IsPackable, int FixedBytes) Packing(FieldDescriptor field) => field.FieldType switch
    {
        _ when !field.IsRepeated || field.IsMap => (false, 0),
        FieldType.String or FieldType.Bytes or FieldType.Message or FieldType.Group => (false, 0),
        FieldType.Double or FieldType.Fixed64 or FieldType.SFixed64 => (true, 8),
        FieldType.Float or FieldType.Fixed32 or FieldType.SFixed32 => (true, 4),
        _ => (true, 0),
    };
}
