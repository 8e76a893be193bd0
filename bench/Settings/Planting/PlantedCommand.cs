using System.CommandLine;
using TopicGrpc.Engine.Topics.Fitting;
using TopicGrpc.Engine.Topics.Settings;
using TopicGrpc.Engine.Words;

namespace TopicGrpc.Settings.Planting;

/// <summary>Command <c>planted</c>: generates corpora with a known number of groups and fits them.</summary>
internal static class PlantedCommand
{
    /// <summary>Documents per group below which a combination is left out: its groups would be no topics.</summary>
    private const int LeastPerGroup = 20;

    public static Command Create()
    {
        Option<int[]> groups = new("--groups")
        {
            Description = $"Numbers of groups, 2 to {PlantedCorpus.MostGroups}.",
            DefaultValueFactory = static _ => [5, 20, 80, 150],
            AllowMultipleArgumentsPerToken = true,
        };
        Option<int[]> documents = new("--documents")
        {
            Description = "Numbers of documents; combinations of fewer than 20 per group are left out.",
            DefaultValueFactory = static _ => [1000, 5000, 20_000],
            AllowMultipleArgumentsPerToken = true,
        };
        Option<int> seeds = new("--seeds") { Description = "Seeds per corpus.", DefaultValueFactory = static _ => 5 };
        Option<bool> mixed = new("--mixed-only") { Description = "Only corpora with foreign texts, duplicates and German texts." };
        Option<bool> compare = new("--compare") { Description = "Also fit with BERTopic's settings and print the ratio of the times." };
        Option<DirectoryInfo> cache = new("--cache")
        {
            Description = "Folder for the vectors of generated corpora.",
            DefaultValueFactory = static _ => new DirectoryInfo(Path.Combine(Path.GetTempPath(), "topicgrpc-planted")),
        };
        Option<int> threads = new("--threads") { Description = "Number of threads.", DefaultValueFactory = static _ => 2 };
        Command command = new(
            "planted",
            "Fits generated corpora: equal and Zipf sizes, without and with foreign texts (5 %), one text repeated (3 %) and German texts "
            + "(10 %). Prints topics found against topics planted.")
        {
            groups, documents, seeds, mixed, compare, cache, threads,
        };
        command.SetAction((result, cancellationToken) =>
        {
            using PlantedRun run = new(result.GetRequiredValue(cache), result.GetValue(threads));
            TopicModelOptions? compared = result.GetValue(compare)
                ? new TopicModelOptions { Words = new WordOptions { StopWords = StopWords.English } }
                : null;
            bool isFound = true;
            PlantedRun.WriteHeader(Console.Out);
            foreach (PlantedPlan plan in Plans(
                result.GetRequiredValue(groups), result.GetRequiredValue(documents), result.GetValue(mixed)))
            {
                isFound &= run.Measure(plan, AutomaticSettings.All, result.GetValue(seeds), compared, Console.Out, cancellationToken);
            }

            return Task.FromResult(isFound ? 0 : 1);
        });
        return command;
    }

    private static IEnumerable<PlantedPlan> Plans(int[] groups, int[] documents, bool mixedOnly)
    {
        foreach (int count in documents)
        {
            foreach (int group in groups.Where(group => count >= LeastPerGroup * group))
            {
                foreach (bool zipf in (bool[])[false, true])
                {
                    PlantedPlan plan = new() { Groups = group, Documents = count, Zipf = zipf };
                    if (!mixedOnly)
                    {
                        yield return plan;
                    }

                    yield return plan with { ForeignShare = 0.05, DuplicateShare = 0.03, GermanShare = 0.1 };
                }
            }
        }
    }
}
