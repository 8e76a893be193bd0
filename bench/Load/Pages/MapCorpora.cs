using System.Globalization;
using System.Text.Json;
using TopicGrpc.Client.Corpora;
using TopicGrpc.Load.Planting;

namespace TopicGrpc.Load.Pages;

/// <summary>Documents of the maps: with ids, texts, times and an attribute.</summary>
internal static class MapCorpora
{
    /// <summary>Attribute of the planted documents; its values are the topics.</summary>
    public const string Group = "group";

    private const int DocumentsPerGroup = 2000;
    private const int FewestGroups = 100;

    /// <summary>Reads the sample of the repository.</summary>
    public static async IAsyncEnumerable<TopicDocument> Sample(FileInfo file)
    {
        await foreach (string line in File.ReadLinesAsync(file.FullName))
        {
            using var document = JsonDocument.Parse(line);
            JsonElement root = document.RootElement;
            yield return new TopicDocument(root.GetProperty("id").GetString()!, root.GetProperty("text").GetString()!)
            {
                Time = new DateTimeOffset(root.GetProperty("year").GetInt32(), 1, 1, 0, 0, 0, TimeSpan.Zero),
                Attributes = new Dictionary<string, string> { ["party"] = root.GetProperty("party").GetString()! },
            };
        }
    }

    /// <summary>Makes planted documents.</summary>
    public static async IAsyncEnumerable<TopicDocument> Planted(int count)
    {
        await Task.CompletedTask;
        int groups = Math.Max(FewestGroups, count / DocumentsPerGroup);
        DateTimeOffset first = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
        for (int index = 0; index < count; index++)
        {
            int group = PlantedText.GroupOf(index, groups);
            yield return new TopicDocument(index.ToString("d0000000", CultureInfo.InvariantCulture), PlantedText.Of(index, group))
            {
                Time = first.AddHours(index % 200_000),
                Attributes = new Dictionary<string, string> { [Group] = PlantedText.NameOf(group) },
            };
        }
    }
}
