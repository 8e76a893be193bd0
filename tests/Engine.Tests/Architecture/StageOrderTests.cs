using System.Text.RegularExpressions;
using Xunit;

namespace TopicGrpc.Engine.Tests.Architecture;

public sealed partial class StageOrderTests
{
    /// <summary>A stage depends on Numerics and on earlier stages; Charts and Archive are parallel last stages.</summary>
    private static readonly string[] Order =
        ["Storage", "Numerics", "Documents", "Embeddings", "Neighbors", "Layout", "Clusters", "Words", "Topics"];

    [Fact]
    public void EngineSources_EveryUsing_PointsToAnEarlierStage()
    {
        List<string> wrong = [];
        foreach (string file in RepositoryRoot.Sources("src/Engine"))
        {
            string stage = Path.GetRelativePath(Path.Combine(RepositoryRoot.Path, "src/Engine"), file).Split('/', '\\')[0];
            foreach (Match match in EngineUsing().Matches(File.ReadAllText(file)))
            {
                string used = match.Groups["stage"].Value;
                if (!Allowed(stage, used))
                {
                    wrong.Add($"{Path.GetRelativePath(RepositoryRoot.Path, file)} uses {used}");
                }
            }
        }

        Assert.Empty(wrong);
    }

    [Theory]
    [InlineData("Layout", "Neighbors", true)]
    [InlineData("Neighbors", "Layout", false)]
    [InlineData("Archive", "Topics", true)]
    [InlineData("Topics", "Archive", false)]
    [InlineData("Charts", "Archive", false)]
    public void Allowed_TwoStages_FollowsTheOrder(string stage, string used, bool expected) =>
        Assert.Equal(expected, Allowed(stage, used));

    [Fact]
    public void EngineSources_NeverMention_TransportOrNativePackages()
    {
        string[] foreign = ["Grpc", "Google.Protobuf", "Microsoft.ML", "TopicGrpc.V1", "TopicGrpc.Server", "TopicGrpc.Onnx"];

        IEnumerable<string> wrong =
            from file in RepositoryRoot.Sources("src/Engine")
            from line in File.ReadLines(file)
            where line.StartsWith("using ", StringComparison.Ordinal)
            where foreign.Any(name => line.StartsWith($"using {name}", StringComparison.Ordinal))
            select $"{Path.GetFileName(file)}: {line}";

        Assert.Empty(wrong);
    }

    private static bool Allowed(string stage, string used)
    {
        if (stage == used)
        {
            return true;
        }

        int position = Array.IndexOf(Order, stage);
        int target = Array.IndexOf(Order, used);
        return position < 0 ? target >= 0 : target >= 0 && target < position;
    }

    [GeneratedRegex(@"^\s*(?:global )?using (?:static )?TopicGrpc\.Engine\.(?<stage>\w+)", RegexOptions.Multiline)]
    private static partial Regex EngineUsing();
}
