using System.Collections;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using TopicGrpc.Shared.Limits;
using TopicGrpc.V1;

namespace TopicGrpc.Cli.Tests.Settings;

/// <summary>A numeric field somewhere below a message of the contract.</summary>
internal sealed record NumericField(IReadOnlyList<FieldDescriptor> Path)
{
    /// <summary>Names of the fields from the message to the number.</summary>
    public string Name => string.Join('.', Path.Select(static part => part.Name));

    /// <summary>The limits of the field.</summary>
    public FieldLimits Limits => RequestLimits.Of(Path[^1]);

    /// <summary>Whether the contract limits the number.</summary>
    public bool HasRange => LimitText.Range(Limits).Length > 0;

    /// <summary>Returns all numeric fields below a message type.</summary>
    public static IEnumerable<NumericField> Below(MessageDescriptor type) => Below(type, []);

    /// <summary>Returns values at and next to both ends of the range, and whether they are valid.</summary>
    public IEnumerable<(double Value, bool IsValid)> Ends()
    {
        bool isReal = Path[^1].FieldType == FieldType.Double;
        if (Limits.HasMin)
        {
            yield return (Limits.Min, true);
            yield return (isReal ? Math.BitDecrement(Limits.Min) : Limits.Min - 1, false);
        }

        if (Limits.HasAbove)
        {
            yield return (Limits.Above, false);
            yield return (Limits.Above + 0.001, true);
        }

        if (Limits.HasMax)
        {
            yield return (Limits.Max, true);
            yield return (isReal ? Math.BitIncrement(Limits.Max) : Limits.Max + 1, false);
        }
    }

    /// <summary>Sets the field in an empty message, with the other fields that the rules of its message need.</summary>
    public void Set(IMessage root, double value)
    {
        IMessage message = root;
        foreach (FieldDescriptor field in Path.SkipLast(1))
        {
            IMessage part = field.MessageType.Parser.ParseFrom(ByteString.Empty);
            if (field.IsRepeated)
            {
                ((IList)field.Accessor.GetValue(message)).Add(part);
            }
            else
            {
                field.Accessor.SetValue(message, part);
            }

            Complete(part);
            message = part;
        }

        FieldDescriptor number = Path[^1];
        number.Accessor.SetValue(message, number.FieldType == FieldType.Double ? (object)value : (int)value);
    }

    // The widest values of what is compared with the number.
    private static void Complete(IMessage part)
    {
        switch (part)
        {
            case UmapSettings umap:
                (umap.MinDist, umap.Spread) = (0, 1000);
                break;
            case NgramRange range:
                (range.Min, range.Max) = (1, 5);
                break;
            case AspectSettings aspect:
                aspect.Name = "Short";
                break;
            case VersionOperation.Types.MergeModels merge:
                merge.ModelVersions.Add("models/sport/versions/2");
                break;
        }
    }

    private static IEnumerable<NumericField> Below(MessageDescriptor type, FieldDescriptor[] path)
    {
        foreach (FieldDescriptor field in type.Fields.InFieldNumberOrder())
        {
            FieldDescriptor[] at = [.. path, field];
            if (field.IsMap)
            {
                if (field.MessageType.Fields.InFieldNumberOrder().Any(IsNumber))
                {
                    yield return new NumericField(at);
                }
            }
            else if (field.FieldType == FieldType.Message)
            {
                foreach (NumericField below in Below(field.MessageType, at))
                {
                    yield return below;
                }
            }
            else if (IsNumber(field))
            {
                yield return new NumericField(at);
            }
        }
    }

    private static bool IsNumber(FieldDescriptor field) => field.FieldType is
        not (FieldType.Message or FieldType.Group or FieldType.String or FieldType.Bytes or FieldType.Bool or FieldType.Enum);
}
