using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using TopicGrpc.Server.Access;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Tests.Access;

/// <summary>
/// Requests that obey the limits of the contract, one for each field of a message, nested ones included, that names a resource.
/// </summary>
internal static class RequestSamples
{
    /// <summary>Returns the paths of all fields that name a resource.</summary>
    public static IReadOnlyList<FieldDescriptor[]> Paths(MessageDescriptor type) => [.. Find(type, [])];

    /// <summary>Makes a request in which the field of a path has a name.</summary>
    /// <param name="type">Type of the request.</param>
    /// <param name="path">Path of a field; empty: none.</param>
    /// <param name="name">Name for the field of the path.</param>
    /// <param name="otherName">Name for every other field that must name a resource of a kind.</param>
    public static IMessage Make(
        MessageDescriptor type,
        ReadOnlySpan<FieldDescriptor> path,
        string name,
        Func<FieldDescriptor, string> otherName)
    {
        IMessage message = type.Parser.ParseFrom([]);
        if (message is ImportModelRequest.Types.Header header)
        {
            // A rule between fields, which no option of a field expresses.
            header.Files.AddRange(BertopicFiles.Required.Select(
                static file => new ModelFile { Name = file, SizeBytes = 1, Sha256 = new string('0', 64) }));
        }

        foreach (OneofDescriptor oneof in type.Oneofs.Where(static oneof => !oneof.IsSynthetic))
        {
            bool isOnPath = path.Length > 0 && path[0].RealContainingOneof == oneof;
            if (!isOnPath && oneof.GetOptions()?.GetExtension(LimitsExtensions.ChoiceRequired) == true)
            {
                Set(message, oneof.Fields[0], otherName);
            }
        }

        foreach (FieldDescriptor field in type.Fields.InFieldNumberOrder())
        {
            if (path.Length > 0 && field == path[0])
            {
                object value = path.Length == 1 ? name : Make(field.MessageType, path[1..], name, otherName);
                Put(message, field, value);
            }
            else if (field.RealContainingOneof is null && IsRequired(field))
            {
                Set(message, field, otherName);
            }
        }

        return message;
    }

    private static IEnumerable<FieldDescriptor[]> Find(MessageDescriptor type, FieldDescriptor[] above)
    {
        if (above.Length > 6)
        {
            yield break;
        }

        foreach (FieldDescriptor field in type.Fields.InFieldNumberOrder())
        {
            if (field.FieldType == FieldType.String && ResourceFields.KindOf(field) != ResourceKind.Unspecified)
            {
                yield return [.. above, field];
            }
            else if (field.FieldType == FieldType.Message && !field.IsMap)
            {
                foreach (FieldDescriptor[] path in Find(field.MessageType, [.. above, field]))
                {
                    yield return path;
                }
            }
        }
    }

    private static bool IsRequired(FieldDescriptor field)
    {
        FieldLimits? limits = field.GetOptions()?.GetExtension(LimitsExtensions.Limits);
        return limits is not null && (limits.Required || limits.MinItems > 0 || limits.MinBytes > 0 || limits.NotBlank || limits.Min > 0);
    }

    private static void Set(IMessage message, FieldDescriptor field, Func<FieldDescriptor, string> otherName)
    {
        FieldLimits limits = field.GetOptions()?.GetExtension(LimitsExtensions.Limits) ?? new FieldLimits();
        FieldLimits element = field.IsRepeated ? limits.Items ?? new FieldLimits() : limits;
        Put(message, field, field.FieldType switch
        {
            FieldType.Message => Make(field.MessageType, [], string.Empty, otherName),
            FieldType.String => ResourceFields.KindOf(field) != ResourceKind.Unspecified ? otherName(field)
                : element.Values.Count > 0 ? element.Values[0] : "x",
            FieldType.Bytes => ByteString.CopyFrom(1),
            FieldType.Bool => true,
            FieldType.Double => Math.Max(element.Min, 1),
            FieldType.Float => (float)Math.Max(element.Min, 1),
            FieldType.Enum => Enum.ToObject(field.EnumType.ClrType, field.EnumType.Values[1].Number),
            FieldType.Int32 => (int)Math.Max(element.Min, 1),
            FieldType.Int64 => (long)Math.Max(element.Min, 1),
            _ => throw new NotSupportedException($"{field.FullName} is of a type that this test does not know."),
        });
    }

    private static void Put(IMessage message, FieldDescriptor field, object value)
    {
        if (field.IsRepeated)
        {
            ((IList)field.Accessor.GetValue(message)).Add(value);
        }
        else
        {
            field.Accessor.SetValue(message, value);
        }
    }
}
