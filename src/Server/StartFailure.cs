using System.Net.Sockets;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Errors;

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
        SocketException socket => $"The address of Server:Address and Server:Port cannot be bound: {socket.Message}.",
        IOException or InvalidDataException or UnauthorizedAccessException or InvalidOperationException => exception.Message,
        _ => null,
    };

    /// <summary>Returns the exit code of the process: 2 for invalid options, 78 if the operator must restore data, else 1.</summary>
    public static int ExitCode(Exception exception) => exception switch
    {
        StartupException startup => startup.ExitCode,
        OptionsValidationException => StartupException.UsageError,
        AggregateException { InnerExceptions: [{ } only] } => ExitCode(only),
        _ => StartupException.OtherError,
    };
}
