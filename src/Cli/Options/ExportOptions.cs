using System.CommandLine;
using TopicGrpc.Cli.Errors;
using TopicGrpc.Cli.Exports;

namespace TopicGrpc.Cli.Options;

/// <summary>The file that an export writes.</summary>
internal sealed class ExportOptions
{
    private readonly Option<string> _to = new("--to")
    {
        Description = $"File to write; its name ends in {OutputFormats.Extensions}. It appears when it is complete.",
        HelpName = "file",
        Required = true,
    };

    private readonly Option<bool> _force = new("--force") { Description = "Replace an existing file. Default: reject it." };

    public void AddTo(Command command)
    {
        command.Add(_to);
        command.Add(_force);
    }

    /// <summary>Returns the file, before anything is asked of a server.</summary>
    /// <exception cref="CliException">The extension is unknown, or the file exists.</exception>
    public ExportTarget Read(ParseResult parsed)
    {
        ExportTarget target = new(parsed.GetRequiredValue(_to), parsed.GetValue(_force));
        OutputFormats.Of(target.Path);
        return !target.Replace && File.Exists(target.Path)
            ? throw new CliException($"--to: {target.Path} exists; --force replaces it", ExitCodes.BadInput)
            : target;
    }
}
