using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Operations;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Testing.Calls;
using TopicGrpc.Client.Testing.State;
using TopicGrpc.Client.Topics;
using TopicGrpc.Shared;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Scripts;

/// <summary>Derives versions with the scripted topics.</summary>
internal sealed class DerivationScript(FakeModels models, FitBook book)
{
    private volatile Func<ModelSelector, VersionOperation, IEnumerable<TopicInfo>>? _topics;

    public Func<ModelSelector, VersionOperation, IEnumerable<TopicInfo>> Topics
    {
        set => _topics = value;
    }

    public Wire.Fit Start(Wire.DeriveVersionRequest request)
    {
        Func<ModelSelector, VersionOperation, IEnumerable<TopicInfo>> topics =
            _topics ?? throw StatusToWire.NotScripted("DeriveVersion", "script it with FakeTopicGrpc.OnDerive");
        FakeVersion parent = models.Resolve(SelectorFromWire.Map(request.Selector));
        VersionOperation operation = OperationMapping.Map(request.Operation)
            ?? throw StatusToWire.Exception(TopicGrpcStatus.InvalidArgument, ErrorReasons.InvalidField, "The request names no operation.");
        Wire.Fit fit = new()
        {
            Model = WireNames.Model(parent.Model),
            Settings = new Wire.FitSettings(),
            Kind = Wire.Fit.Types.Kind.Derivation,
            ParentVersion = parent.ResourceName,
            Operation = request.Operation,
            AssignLabels = { request.AssignLabels },
            DocumentCount = parent.DocumentCount,
        };

        return book.Run(
            request.RequestId, fit, () => Scripted(
                topics, parent, operation) with
            { Parent = parent.ResourceName, Operation = request.Operation });
    }

    // An exception thrown by the script fails the derivation, not the call.
    private static FakeVersion Scripted(
        Func<ModelSelector, VersionOperation, IEnumerable<TopicInfo>> topics, FakeVersion parent, VersionOperation operation)
    {
        IEnumerable<TopicInfo> scripted = topics(parent.Selector, operation);
        return new FakeVersion(parent.Model, [.. scripted.OrderBy(static topic => topic.Id)])
        {
            GivenEmbeddings = parent.GivenEmbeddings,
        };
    }
}
