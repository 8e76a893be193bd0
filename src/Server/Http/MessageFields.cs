using System.Collections.Concurrent;
using System.Collections.Frozen;
using Google.Protobuf.Reflection;

namespace TopicGrpc.Server.Http;

/// <summary>Fields of messages by the names that JSON and query parameters may use: <c>pageSize</c> and <c>page_size</c>.</summary>
internal static class MessageFields
{
    private static readonly ConcurrentDictionary<MessageDescriptor, FrozenDictionary<string, FieldDescriptor>> Names = new();

    /// <summary>Returns the field with a name.</summary>
    /// <returns>Null if the message has no such field.</returns>
    public static FieldDescriptor? Find(MessageDescriptor message, string name) =>
        Names.GetOrAdd(message, static message => ByName(message)).GetValueOrDefault(name);

    /// <summary>Follows a path of names, such as <c>selector.versionNumber</c>.</summary>
    /// <returns>The fields of the path; null if a name is no field, or a field before the last one is no single message.</returns>
    public static FieldDescriptor[]? Resolve(MessageDescriptor message, string path)
    {
        string[] names = path.Split('.');
        var fields = new FieldDescriptor[names.Length];
        MessageDescriptor? current = message;
        for (int i = 0; i < names.Length; i++)
        {
            if (current is null || Find(current, names[i]) is not { } field)
            {
                return null;
            }

            fields[i] = field;
            current = field.FieldType == FieldType.Message && !field.IsRepeated ? field.MessageType : null;
        }

        return fields;
    }

    /// <summary>Joins the names that the contract gives the fields of a path.</summary>
    public static string PathOf(IEnumerable<FieldDescriptor> fields) => string.Join('.', fields.Select(static field => field.Name));

    private static FrozenDictionary<string, FieldDescriptor> ByName(MessageDescriptor message)
    {
        Dictionary<string, FieldDescriptor> names = [];
        foreach (FieldDescriptor field in message.Fields.InFieldNumberOrder())
        {
            names[field.Name] = field;
            names[field.JsonName] = field;
        }

        return names.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
