using System.Text;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared.Limits;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Predicting;

/// <summary>Limits of a text to predict, for texts that are checked one by one.</summary>
internal static class TextRules
{
    private static readonly long MaxBytes = RequestLimits.Of(PredictRequest.Descriptor, PredictRequest.TextFieldNumber).MaxBytes;

    /// <summary>Most texts of a batch.</summary>
    public static int MaxBatchTexts { get; } =
        (int)RequestLimits.Of(BatchPredictRequest.Descriptor, BatchPredictRequest.TextsFieldNumber).MaxItems;

    /// <summary>Checks a text.</summary>
    /// <exception cref="ServiceException">The text is empty or too long.</exception>
    public static void Check(string text, string field)
    {
        if (Violation(text, field) is { } violation)
        {
            throw violation;
        }
    }

    /// <summary>Checks that a request has either a valid text or an embedding.</summary>
    /// <exception cref="ServiceException">The request has both or neither, or the text is empty or too long.</exception>
    public static void CheckTextOrEmbedding(string text, IReadOnlyCollection<float> embedding)
    {
        if (embedding.Count == 0)
        {
            Check(text, "text");
        }
        else if (text.Length > 0)
        {
            throw Fault.InvalidField("embedding", "must be empty when text is set");
        }
    }

    /// <summary>Finds the first rule that a text breaks.</summary>
    /// <returns>Null for a valid text.</returns>
    public static ServiceException? Violation(string text, string field)
    {
        if (BlankText.IsBlank(text))
        {
            return Fault.InputEmpty(field);
        }

        int bytes = Encoding.UTF8.GetByteCount(text);
        return bytes > MaxBytes ? Fault.InputTooLarge(field, "bytes", MaxBytes, bytes) : null;
    }
}
