using System.CommandLine;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Cli.Options;

/// <summary><c>--settings</c> of the commands that fit: a preset or a settings file.</summary>
internal sealed class SettingsOption
{
    private const string Auto = "auto";
    private const string Bertopic = "bertopic";

    private readonly Option<string?> _option = new("--settings")
    {
        Description = "Settings of the fit: auto (chosen from the number of documents and the cluster tree), bertopic (BERTopic's "
            + "defaults), "
            + "or a settings file with BERTopic's names as in samples/. Default: auto; demo: the settings file of its sample.",
    };

    public void AddTo(Command command) => command.Options.Add(_option);

    /// <summary>Reads the preset or the file.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="defaultFile">Settings file to read if the option is missing; null: the preset auto.</param>
    /// <param name="cancellationToken">Cancels reading.</param>
    /// <exception cref="SettingsFileException">The file is missing or invalid.</exception>
    public async Task<FitSettings> ReadAsync(ParseResult parsed, string? defaultFile, CancellationToken cancellationToken)
    {
        string name = parsed.GetValue(_option) ?? defaultFile ?? Auto;
        return name switch
        {
            Auto => FitSettings.Auto,
            Bertopic => FitSettings.Bertopic,
            _ => await FitSettingsFile.LoadAsync(name, cancellationToken),
        };
    }
}
