using System.Text.Json;
using System.Text.Json.Nodes;
using TopicGrpc.Shared;

namespace TopicGrpc.Client.Settings;

/// <summary>
/// The settings of a fit as a JSON file with BERTopic's names. A key that a given sub-model leaves out has the default of its library:
/// <c>umap_model</c> without <c>min_dist</c> means umap-learn's 0.1. A sub-model that is missing or null has BERTopic's own settings:
/// <c>min_dist</c> is 0.0. As Python's int and float, 1 and 1.0 differ. Comments and trailing commas are allowed.
/// </summary>
public static class FitSettingsFile
{
    private static readonly JsonDocumentOptions Reading = new()
    {
        AllowDuplicateProperties = false,
        AllowTrailingCommas = true,
        CommentHandling = JsonCommentHandling.Skip,
    };

    /// <summary>Reads a settings file.</summary>
    /// <param name="path">Path of the file.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="SettingsFileException">
    /// The file is missing, is not JSON, has an unknown key, or breaks a limit of the contract.
    /// </exception>
    public static async Task<FitSettings> LoadAsync(string path, CancellationToken cancellationToken = default)
    {
        try
        {
            return Parse(await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false), path);
        }
        catch (Exception missing) when (missing is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new SettingsFileException(path, "no such file");
        }
    }

    /// <summary>Writes a settings file. Settings that are null are not written.</summary>
    /// <param name="settings">The settings.</param>
    /// <param name="path">Path of the file; an existing file is replaced.</param>
    /// <param name="cancellationToken">Cancels the write.</param>
    /// <returns>A task that completes when the file is written.</returns>
    public static Task SaveAsync(FitSettings settings, string path, CancellationToken cancellationToken = default) =>
        File.WriteAllTextAsync(path, Write(settings) + "\n", cancellationToken);

    /// <summary>Reads settings from JSON.</summary>
    /// <param name="json">The JSON text.</param>
    /// <param name="name">Name of the source, for error messages.</param>
    /// <returns>The settings.</returns>
    /// <exception cref="SettingsFileException">The text is not JSON, has an unknown key, or breaks a limit of the contract.</exception>
    public static FitSettings Parse(string json, string name = "settings")
    {
        try
        {
            using var document = JsonDocument.Parse(json, Reading);
            new SettingsShape(name, SettingsJson.Options).Check(document.RootElement, typeof(FitSettings), path: "");

            // As in Python, null has the same meaning as a missing key.
            JsonNode node = JsonNode.Parse(document.RootElement.GetRawText(), documentOptions: Reading)!;
            RemoveNulls(node);
            FitSettings settings = node.Deserialize<FitSettings>(SettingsJson.Options)!;
            return SettingsLimits.Violation(
                FitSettingsMapping.Map(settings)) is { } fault ? throw new SettingsFileException(name, fault) : settings;
        }
        catch (JsonException wrong)
        {
            throw new SettingsFileException(name, JsonFault.OfText(json, wrong));
        }
    }

    /// <summary>Writes settings as JSON that <see cref="Parse"/> reads.</summary>
    /// <param name="settings">The settings.</param>
    /// <returns>The JSON text.</returns>
    public static string Write(FitSettings settings) => JsonSerializer.Serialize(settings, SettingsJson.Options);

    private static void RemoveNulls(JsonNode node)
    {
        if (node is not JsonObject values)
        {
            return;
        }

        foreach ((string key, JsonNode? value) in values.ToList())
        {
            if (value is null)
            {
                values.Remove(key);
            }
            else
            {
                RemoveNulls(value);
            }
        }
    }
}
