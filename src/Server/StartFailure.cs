using Microsoft.Extensions.Options;

namespace TopicGrpc.Server;

/// <summary>Turns the exceptions of a failed start into one line for people.</summary>
internal static class StartFailure
{
    /// <summary>Says what to mend.</summary>
    /// <returns>Null for an exception that is a defect, not a matter of the surroundings.</returns>
    public static string? Explain(Exception exception) => exception switch
    {
        OptionsValidationException options => "Wrong options: " + string.Join("; ", options.Failures),
        AggregateException { InnerExceptions: [{ } only] } => Explain(only),
        FileNotFoundException or DirectoryNotFoundException or InvalidDataException or UnauthorizedAccessException or InvalidOperationException or IOException => exception.Message,
        _ => null,
    };
}
