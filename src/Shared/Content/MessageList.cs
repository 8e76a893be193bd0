using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace TopicGrpc.Shared.Content;

/// <summary>A repeated or map field of a message, at any depth of nested messages but not inside the elements of another list.</summary>
internal sealed class MessageList
{
    // Tag and length of an element: field numbers up to 2047 and elements below 256 MiB.
    private const int ElementOverhead = 6;

    private readonly IReadOnlyList<FieldDescriptor> _parents;
    private readonly FieldDescriptor _field;
    private readonly IMessage _owner;
    private readonly object _value;

    private MessageList(IReadOnlyList<FieldDescriptor> parents, FieldDescriptor field, IMessage owner)
    {
        _parents = parents;
        _field = field;
        _owner = owner;
        _value = field.Accessor.GetValue(owner);
    }

    /// <summary>Path of the list from the message, such as <c>settings.vectorizer.vocabulary</c>.</summary>
    public string Path => string.Join('.', _parents.Append(_field).Select(static item => item.Name));

    /// <summary>Number of elements.</summary>
    public int Count => ((ICollection)_value).Count;

    /// <summary>Upper bound of the bytes that the list takes in the message.</summary>
    public long Bytes
    {
        get
        {
            long bytes = 0;
            foreach (object element in Elements())
            {
                bytes += SizeOf(element);
            }

            return bytes;
        }
    }

    /// <summary>Finds the lists of a message, in the order of their fields.</summary>
    /// <param name="message">The message.</param>
    public static IEnumerable<MessageList> Of(IMessage message) => Of(message, []);

    /// <summary>Removes all elements from the message.</summary>
    public void Clear() => _field.Accessor.Clear(_owner);

    /// <summary>Appends elements to the same list of another message.</summary>
    /// <param name="target">Message of the same type.</param>
    /// <param name="first">First element.</param>
    /// <param name="budget">Bytes that the elements may take together.</param>
    /// <param name="atLeastOne">Whether the first one is appended even if it exceeds the budget.</param>
    /// <returns>Number of elements appended, and upper bound of their bytes.</returns>
    public (int Count, long Bytes) Append(IMessage target, int first, long budget, bool atLeastOne)
    {
        IMessage owner = OwnerIn(target);
        object list = _field.Accessor.GetValue(owner);
        int count = 0;
        long bytes = 0;
        foreach (object element in Elements().Skip(first))
        {
            int size = SizeOf(element);
            if (bytes + size > budget && (count > 0 || !atLeastOne))
            {
                break;
            }

            if (element is DictionaryEntry entry)
            {
                ((IDictionary)list).Add(entry.Key, entry.Value);
            }
            else
            {
                ((IList)list).Add(element);
            }

            bytes += size;
            count++;
        }

        return (count, bytes);
    }

    private static IEnumerable<MessageList> Of(IMessage message, IReadOnlyList<FieldDescriptor> parents)
    {
        foreach (FieldDescriptor field in message.Descriptor.Fields.InFieldNumberOrder())
        {
            if (field.IsRepeated)
            {
                yield return new MessageList(parents, field, message);
            }
            else if (field.FieldType == FieldType.Message && field.Accessor.GetValue(message) is IMessage nested)
            {
                foreach (MessageList list in Of(nested, [.. parents, field]))
                {
                    yield return list;
                }
            }
        }
    }

    private static int SizeOf(object? element) => element switch
    {
        DictionaryEntry entry => ElementOverhead + SizeOf(entry.Key) + SizeOf(entry.Value),
        string text => ElementOverhead + CodedOutputStream.ComputeStringSize(text),
        ByteString data => ElementOverhead + CodedOutputStream.ComputeBytesSize(data),
        IMessage message => ElementOverhead + CodedOutputStream.ComputeMessageSize(message),
        _ => ElementOverhead + sizeof(ulong) + 2,
    };

    // The plain enumerator of a map field returns pairs of a type that depends on the map; the dictionary's returns entries.
    private IEnumerable<object> Elements()
    {
        if (_value is IDictionary map)
        {
            foreach (DictionaryEntry entry in map)
            {
                yield return entry;
            }
        }
        else
        {
            foreach (object element in (IEnumerable)_value)
            {
                yield return element;
            }
        }
    }

    private IMessage OwnerIn(IMessage target)
    {
        IMessage owner = target;
        foreach (FieldDescriptor parent in _parents)
        {
            if (parent.Accessor.GetValue(owner) is not IMessage nested)
            {
                nested = parent.MessageType.Parser.ParseFrom(ByteString.Empty);
                parent.Accessor.SetValue(owner, nested);
            }

            owner = nested;
        }

        return owner;
    }
}
