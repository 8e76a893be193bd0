using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Access;

/// <summary>
/// The fields of one message, nested messages included, that name a resource. A string whose pattern starts with a collection
/// (<c>models/</c>, <c>corpora/</c>, <c>fits/</c>, <c>keys/</c>) has a name; a string with the option <c>id_of</c> has an id.
/// </summary>
internal sealed class ResourceFields
{
    private static readonly (string Prefix, ResourceKind Kind)[] Collections =
    [
        (ResourceNames.ModelPrefix, ResourceKind.Model),
        (ResourceNames.CorpusPrefix, ResourceKind.Corpus),
        (ResourceNames.FitPrefix, ResourceKind.Fit),
        (ResourceNames.KeyPrefix, ResourceKind.Key),
    ];

    private readonly List<(FieldDescriptor Field, ResourceKind Kind)> _names = [];
    private readonly List<(FieldDescriptor Field, ResourceFields Fields)> _nested = [];
    private readonly bool _isComplete;

    /// <summary>Finds the fields of a message.</summary>
    public ResourceFields(MessageDescriptor message)
        : this(message, [])
    {
    }

    private ResourceFields(MessageDescriptor message, Dictionary<MessageDescriptor, ResourceFields> known)
    {
        // Registered before the fields are read, because messages may contain themselves.
        known.Add(message, this);
        foreach (FieldDescriptor field in message.Fields.InDeclarationOrder())
        {
            if (field.FieldType == FieldType.String && KindOf(field) is var kind and not ResourceKind.Unspecified)
            {
                _names.Add((field, kind));
            }
            else if (field.FieldType == FieldType.Message && !field.IsMap)
            {
                ResourceFields fields = known.GetValueOrDefault(field.MessageType) ?? new ResourceFields(field.MessageType, known);
                _nested.Add((field, fields));
            }
        }

        _nested.RemoveAll(static nested => nested.Fields.IsEmpty);
        _isComplete = true;
    }

    /// <summary>
    /// Whether no field names a resource. Unknown, so false, while the fields of a message that contains itself are read.
    /// </summary>
    public bool IsEmpty => _isComplete && _names.Count == 0 && _nested.Count == 0;

    /// <summary>Returns the kind of resource that a string field names; unspecified: none.</summary>
    public static ResourceKind KindOf(FieldDescriptor field)
    {
        FieldOptions? options = field.GetOptions();
        if (options is null)
        {
            return ResourceKind.Unspecified;
        }

        ResourceKind declared = options.GetExtension(AccessExtensions.IdOf);
        if (declared != ResourceKind.Unspecified)
        {
            return declared;
        }

        FieldLimits? limits = options.GetExtension(LimitsExtensions.Limits);
        string pattern = (field.IsRepeated ? limits?.Items?.Pattern : limits?.Pattern) ?? string.Empty;
        return Collections.FirstOrDefault(collection => pattern.StartsWith(collection.Prefix, StringComparison.Ordinal)).Kind;
    }

    /// <summary>Calls a check with every name or id in a message that is not empty.</summary>
    public void Visit(IMessage message, Action<ResourceReference> check)
    {
        foreach ((FieldDescriptor field, ResourceKind kind) in _names)
        {
            object value = field.Accessor.GetValue(message);
            if (value is string { Length: > 0 } name)
            {
                check(Reference(field, kind, name));
            }
            else if (value is IEnumerable<string> names)
            {
                foreach (string item in names)
                {
                    check(Reference(field, kind, item));
                }
            }
        }

        foreach ((FieldDescriptor field, ResourceFields fields) in _nested)
        {
            object value = field.Accessor.GetValue(message);
            if (value is IMessage nested)
            {
                fields.Visit(nested, check);
            }
            else if (value is IEnumerable items)
            {
                foreach (object item in items)
                {
                    fields.Visit((IMessage)item, check);
                }
            }
        }
    }

    private static ResourceReference Reference(FieldDescriptor field, ResourceKind kind, string text)
    {
        string prefix = Collections.First(collection => collection.Kind == kind).Prefix;
        bool isName = text.StartsWith(prefix, StringComparison.Ordinal);
        string rest = isName ? text[prefix.Length..] : text;
        int end = rest.IndexOf('/', StringComparison.Ordinal);
        return new ResourceReference(field, kind, end < 0 ? rest : rest[..end], text);
    }
}
