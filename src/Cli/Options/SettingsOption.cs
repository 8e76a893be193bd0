using System.CommandLine;
using TopicGrpc.Cli.Settings;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Cli.Options;

/// <summary><c>--settings</c> of the commands that fit: a preset by name or a file.</summary>
internal sealed class SettingsOption
{
    private const string Auto = "auto";
    private const string Bertopic = "bertopic";

    private readonly Option<string?> _option = new("--settings")
    {
        Description = "auto: chosen from the number of documents and the cluster tree (default); bertopic: BERTopic's defaults; or a settings file with BERTopic's names, see samples/.",
    };

    public void AddTo(Command command) => command.Options.Add(_option);

    /// <summary>Reads what was given.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="defaultFile">File that counts where the option is missing; null: everything is chosen.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="SettingsException">The file is missing or wrong.</exception>
    public async Task<FitSettings> ReadAsync(ParseResult parsed, string? defaultFile, CancellationToken cancellationToken)
    {
        string name = parsed.GetValue(_option) ?? defaultFile ?? Auto;
        return name switch
        {
            Auto => FitSettings.Auto,
            Bertopic => FitSettings.Bertopic,
            _ => await SettingsFile.LoadAsync(name, cancellationToken),
        };
    }
}
