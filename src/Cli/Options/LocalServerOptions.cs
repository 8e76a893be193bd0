using System.CommandLine;
using Microsoft.Extensions.Logging;
using TopicGrpc.Server;

namespace TopicGrpc.Cli.Options;

/// <summary>Options of a server that runs inside this process.</summary>
internal sealed class LocalServerOptions
{
    private readonly Option<string?> _encoder = new("--encoder")
    {
        Description = "Folder of the encoder. Default: models/all-MiniLM-L6-v2 beside the program or below a parent folder.",
    };

    private readonly Option<string> _precision = new("--precision")
    {
        Description = "Weights of the encoder: full (32-bit floats) or fast (8-bit integers, about twice as fast).",
        DefaultValueFactory = _ => "full",
    };

    private readonly Option<bool> _verbose = new("--verbose") { Description = "Write the whole log of the server to standard output." };

    public LocalServerOptions()
    {
        _precision.AcceptOnlyFromAmong("full", "fast");
    }

    public void AddTo(Command command)
    {
        command.Add(_encoder);
        command.Add(_precision);
        command.Add(_verbose);
    }

    public ServerSettings Read(ParseResult parsed, string dataFolder, bool reflection) => new()
    {
        DataDirectory = dataFolder,
        EncoderDirectory = parsed.GetValue(_encoder),
        Precision = parsed.GetValue(_precision),
        Reflection = reflection,
        ConsoleLogLevel = parsed.GetValue(_verbose) ? LogLevel.Information : null,
    };
}
