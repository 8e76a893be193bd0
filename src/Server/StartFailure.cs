using Microsoft.Extensions.Options;

namespace TopicGrpc.Server;

/// <summary>Maps the exceptions of a failed start to one human-readable line.</summary>
internal static class StartFailure
{
    /// <summary>Returns what is wrong and must be fixed.</summary>
    /// <returns>Null for a defect of the server.</returns>
    public static string? Explain(Exception exception) => exception switch
    {
        OptionsValidationException options => "Invalid options: " + string.Join("; ", options.Failures),
        AggregateException { InnerExceptions: [{ } only] } => Explain(only),
        IOException or InvalidDataException or UnauthorizedAccessException or InvalidOperationException => exception.Message,
        _ => null,
    };
}
