using System.Security.Authentication;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Input;
using TopicGrpc.Client;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Settings;
using TopicGrpc.Server;

namespace TopicGrpc.Cli;

/// <summary>
/// The message and the exit code of every exception. An exception that no rule knows is a defect: it becomes one line too, with the way
/// to its stack trace.
/// </summary>
internal static partial class Failure
{
    /// <summary>Option that adds the stack trace to a failure.</summary>
    public const string TraceOption = "--trace";

    /// <summary>Most characters of a message on standard error.</summary>
    public const int MostCharacters = 2000;

    // The end often names the remedy.
    private const int KeptEnd = 200;
    private const string Omission = " … ";
    private const string CredentialHint = "Set TOPICGRPC_API_KEY, or give --key-file, --token-file or --client-cert.";

    private const string TlsHint = "Check the address, --ca-file and --client-cert.";

    private static readonly string? SdkSource = typeof(TopicGrpcClient).Assembly.GetName().Name;

    /// <summary>
    /// Returns a message as one line of at most <see cref="MostCharacters"/> characters: names and values in it come from files and
    /// servers.
    /// </summary>
    public static string OneLine(string message)
    {
        string line = message.ReplaceLineEndings(" ").Trim();
        if (line.Length <= MostCharacters)
        {
            return line;
        }

        int end = MostCharacters - Omission.Length - KeptEnd;
        end -= char.IsHighSurrogate(line[end - 1]) ? 1 : 0;
        int start = line.Length - KeptEnd;
        start += char.IsLowSurrogate(line[start]) ? 1 : 0;
        return line[..end] + Omission + line[start..];
    }

    public static (string Message, int ExitCode) Explain(Exception failure) => failure switch
    {
        AggregateException { InnerExceptions: [{ } only] } => Explain(only),
        TypeInitializationException { InnerException: { } cause } => Explain(cause),
        CliException cli => (cli.Message, cli.ExitCode),
        OperationCanceledException => ("canceled", ExitCodes.Cancelled),
        InputException or SettingsFileException => (failure.Message, ExitCodes.BadInput),
        FileNotFoundException or DirectoryNotFoundException => (failure.Message, ExitCodes.BadInput),
        ServerStartException start => (start.Message, start.ExitCode),
        InvalidRequestException => (failure.Message, ExitCodes.BadInput),
        UnauthenticatedException => ($"{failure.Message} {CredentialHint}", ExitCodes.Failed),
        TopicGrpcException when IsTls(failure) => ($"{failure.Message.TrimEnd('.', ' ')}. {TlsHint}", ExitCodes.Failed),
        TopicGrpcException => (failure.Message, ExitCodes.Failed),
        OptionsValidationException options => (string.Join(" ", options.Failures), ExitCodes.BadInput),
        InvalidOperationException when failure.Source == SdkSource => (failure.Message, ExitCodes.BadInput),
        ArgumentException when failure.Source == SdkSource => (WithoutParameter(failure.Message), ExitCodes.BadInput),
        IOException or UnauthorizedAccessException => (failure.Message, ExitCodes.Failed),
        _ => ($"unexpected error: {Sentence(failure)} ({failure.GetType().Name}); {TraceOption} shows where", ExitCodes.Failed),
    };

    private static bool IsTls(Exception? failure) => failure is not null
        && (failure is AuthenticationException || IsTls(failure.InnerException));

    private static string Sentence(Exception failure) => WithoutParameter(failure.Message).TrimEnd('.', ' ');

    private static string WithoutParameter(string message) => ParameterName().Replace(message, "");

    // .NET appends the name of the parameter and the value to the message; users know neither.
    [GeneratedRegex(@"\s*\(Parameter '[^']*'\)(\s*Actual value was .*)?", RegexOptions.CultureInvariant | RegexOptions.Singleline)]
    private static partial Regex ParameterName();
}
