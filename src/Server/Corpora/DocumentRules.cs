using System.Text;
using TopicGrpc.Engine.Documents;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Corpora;

/// <summary>What a document has to keep to; the limits are those that the contract states.</summary>
internal static class DocumentRules
{
    public const int MaxIdBytes = 256;
    public const int MaxTextBytes = 1 << 20;
    public const int MaxAttributes = 32;
    public const int MaxAttributeKeyBytes = 64;
    public const int MaxAttributeValueBytes = 256;

    /// <summary>Finds the first rule that a document breaks.</summary>
    /// <returns>Null when it keeps to all.</returns>
    public static ServiceException? Violation(Document document)
    {
        int idBytes = Encoding.UTF8.GetByteCount(document.Id);
        if (idBytes == 0)
        {
            return Fault.InvalidField("id", "must not be empty");
        }

        if (idBytes > MaxIdBytes)
        {
            return Fault.InputTooLarge("id", "bytes", MaxIdBytes, idBytes);
        }

        int textBytes = Encoding.UTF8.GetByteCount(document.Text);
        if (textBytes > MaxTextBytes)
        {
            return Fault.InputTooLarge("text", "bytes", MaxTextBytes, textBytes);
        }

        return document.Attributes is null ? null : Violation(document.Attributes);
    }

    private static ServiceException? Violation(IReadOnlyDictionary<string, string> attributes)
    {
        if (attributes.Count > MaxAttributes)
        {
            return Fault.InputTooLarge("attributes", "entries", MaxAttributes, attributes.Count);
        }

        foreach ((string key, string value) in attributes)
        {
            int keyBytes = Encoding.UTF8.GetByteCount(key);
            if (keyBytes is 0 or > MaxAttributeKeyBytes)
            {
                return Fault.InvalidField("attributes", $"a key has 1 to {MaxAttributeKeyBytes} bytes, {keyBytes} given");
            }

            int valueBytes = Encoding.UTF8.GetByteCount(value);
            if (valueBytes > MaxAttributeValueBytes)
            {
                return Fault.InputTooLarge($"attributes[{key}]", "bytes", MaxAttributeValueBytes, valueBytes);
            }
        }

        return null;
    }
}
