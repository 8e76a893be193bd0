using System.Text;
using TopicGrpc.Server.Errors;
using TopicGrpc.Shared.Limits;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Predicting;

/// <summary>The limits of a text to predict, for texts that are answered one by one.</summary>
internal static class TextRules
{
    private static readonly long MaxBytes = RequestLimits.Of(PredictRequest.Descriptor, PredictRequest.TextFieldNumber).MaxBytes;

    /// <summary>Most texts of a batch.</summary>
    public static int MaxBatchTexts { get; } = (int)RequestLimits.Of(BatchPredictRequest.Descriptor, BatchPredictRequest.TextsFieldNumber).MaxItems;

    /// <summary>Returns the limit that a text breaks as an error, or null if it breaks none.</summary>
    public static ServiceException? Violation(string text, string field)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return Fault.InputEmpty(field);
        }

        int bytes = Encoding.UTF8.GetByteCount(text);
        return bytes > MaxBytes ? Fault.InputTooLarge(field, "bytes", MaxBytes, bytes) : null;
    }
}
