using System.Collections.Frozen;
using Google.Protobuf.Reflection;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Hosting;
using TopicGrpc.Shared;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Receiving;

/// <summary>
/// Size limit of the messages of each method: <c>Server:MaxMessageBytes</c> for methods that carry documents, files or settings, 2 MiB for
/// methods that carry one text, 256 KiB for all others.
/// </summary>
internal sealed class MethodRules(IOptions<ServerOptions> options)
{
    private const int TextBytes = 2 << 20;
    private const int SmallBytes = 256 << 10;

    private static readonly FrozenSet<string> Large = FrozenSet.Create(
        StringComparer.Ordinal,
        nameof(CorpusService.CorpusServiceBase.IngestDocuments),
        nameof(FitService.FitServiceBase.StartFit),
        nameof(ModelService.ModelServiceBase.DeriveVersion),
        nameof(ModelService.ModelServiceBase.ImportModel),
        nameof(PredictionService.PredictionServiceBase.BatchPredict));

    private static readonly FrozenSet<string> Texts = FrozenSet.Create(
        StringComparer.Ordinal,
        nameof(PredictionService.PredictionServiceBase.Predict),
        nameof(PredictionService.PredictionServiceBase.StreamPredict),
        nameof(PredictionService.PredictionServiceBase.ExplainPrediction),
        nameof(TopicService.TopicServiceBase.SearchTopics),
        nameof(TopicService.TopicServiceBase.RenderChart));

    private readonly MethodRule _other = new("the method", SmallBytes, IsStream: true);

    private readonly FrozenDictionary<string, MethodRule> _rules = ContractServices.All
        .SelectMany(static service => service.Methods)
        .ToFrozenDictionary(
            static method => $"/{method.Service.FullName}/{method.Name}",
            method => new MethodRule(
                method.Name,
                Limit(method.Name, options.Value.MaxMessageBytes),
                method.IsClientStreaming,
                MessageShape.Of(method.InputType)),
            StringComparer.Ordinal);

    /// <summary>
    /// Returns the rule of a method's JSON body. Escaped JSON is up to six times as long as the text, so a body with a text has the limit
    /// of the largest message; after parsing, the text itself has its own limit.
    /// </summary>
    public MethodRule OfJson(MethodDescriptor method)
    {
        bool isLarge = Large.Contains(method.Name) || Texts.Contains(method.Name);
        int limit = isLarge ? options.Value.MaxMessageBytes : SmallBytes;
        return new MethodRule(method.Name, limit, IsStream: false) { IsFramed = false };
    }

    /// <summary>Returns the rule of a method; health and reflection have that of small streams.</summary>
    /// <param name="path">Full name of the method as a path.</param>
    public MethodRule Of(string path) => _rules.GetValueOrDefault(path) ?? _other;

    private static int Limit(string method, int maxMessageBytes)
    {
        if (Large.Contains(method))
        {
            return maxMessageBytes;
        }

        return Math.Min(maxMessageBytes, Texts.Contains(method) ? TextBytes : SmallBytes);
    }
}
