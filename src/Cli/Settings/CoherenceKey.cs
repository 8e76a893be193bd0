using System.Text.Json;
using TopicGrpc.Client.Settings;

namespace TopicGrpc.Cli.Settings;

/// <summary>Coherence measures by gensim's names, <c>["c_v", "u_mass"]</c>.</summary>
internal static class CoherenceKey
{
    private static readonly string[] Names = [CoherenceMeasures.Npmi, CoherenceMeasures.ContextVector, CoherenceMeasures.Umass];

    public static IReadOnlyList<string> Read(SettingsSection section, string key)
    {
        if (section.Value(key) is not JsonElement value)
        {
            return [];
        }

        IReadOnlyList<string> given = section.Words(key)!;
        return given.All(Names.Contains) && given.Count <= Names.Length
            ? given
            : throw section.Wrong(key, $"a list of {string.Join(", ", Names)}", value);
    }
}
