using System.Globalization;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Input;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Settings;
using TopicGrpc.Server;

namespace TopicGrpc.Cli;

/// <summary>Messages and exit codes of failures that a user can act on. Other exceptions are defects and keep their stack traces.</summary>
internal static class Failure
{
    public static (string Message, int ExitCode)? Explain(Exception failure) => failure switch
    {
        CliException cli => (cli.Message, cli.ExitCode),
        InputException or SettingsFileException or FileNotFoundException or DirectoryNotFoundException => (failure.Message, ExitCodes.BadInput),
        ServerStartException => (failure.Message, ExitCodes.Failed),
        IngestRejectedException rejected => (Explain(rejected.Result), ExitCodes.Failed),
        TopicGrpcException call => (call.Message, ExitCodes.Failed),
        IOException or UnauthorizedAccessException => (failure.Message, ExitCodes.Failed),
        _ => null,
    };

    private static string Explain(IngestResult result)
    {
        string example = result.Rejections is [RejectedDocument first, ..] ? $"; the first is \"{first.DocumentId}\": {first.Message}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"documents rejected: {result.Rejected:N0}{example}");
    }
}
