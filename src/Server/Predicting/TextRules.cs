using System.Text;
using TopicGrpc.Server.Corpora;
using TopicGrpc.Server.Errors;

namespace TopicGrpc.Server.Predicting;

/// <summary>What a text to predict has to keep to.</summary>
internal static class TextRules
{
    public const int MaxBatchTexts = 256;

    /// <summary>The rule that a text breaks.</summary>
    /// <returns>Null when it keeps to all.</returns>
    public static ServiceException? Violation(string text, string field)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return Fault.InputEmpty(field);
        }

        int bytes = Encoding.UTF8.GetByteCount(text);
        return bytes > DocumentRules.MaxTextBytes ? Fault.InputTooLarge(field, "bytes", DocumentRules.MaxTextBytes, bytes) : null;
    }
}
