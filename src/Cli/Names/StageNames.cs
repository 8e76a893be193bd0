using TopicGrpc.Client.Fits;

namespace TopicGrpc.Cli.Names;

/// <summary>Names of fit stages in progress lines and in <c>report.json</c>.</summary>
internal static class StageNames
{
    public static string Of(FitStage stage) => stage.ToString().ToLowerInvariant();
}
