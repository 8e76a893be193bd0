using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Errors;
using TopicGrpc.Client.Operations;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Testing.Mapping;
using TopicGrpc.Client.Topics;
using TopicGrpc.Shared;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>Versions derived from others: with the scripted topics, else as far as the topics of the parent tell.</summary>
internal sealed class DerivationScript(FakeModels models, FitBook book)
{
    private volatile Func<ModelSelector, VersionOperation, IEnumerable<TopicInfo>>? _topics;

    public Func<ModelSelector, VersionOperation, IEnumerable<TopicInfo>> Topics
    {
        set => _topics = value;
    }

    public Wire.Fit Start(Wire.DeriveVersionRequest request)
    {
        FakeVersion parent = models.Resolve(SelectorFromWire.Map(request.Selector));
        VersionOperation operation = OperationMapping.Map(request.Operation)
            ?? throw StatusToWire.Exception(TopicGrpcStatus.InvalidArgument, ErrorReasons.InvalidField, "The request names no operation.");
        Wire.Fit fit = new()
        {
            Model = ResourceNames.Model(parent.Model),
            Settings = new Wire.FitSettings(),
            ParentVersion = parent.ResourceName,
            Operation = request.Operation,
            AssignLabels = { request.AssignLabels },
            DocumentCount = parent.DocumentCount,
        };

        if (_topics is { } topics)
        {
            return book.Run(request.RequestId, fit, () => Child(Scripted(topics, parent, operation)));
        }

        // What cannot be done is told at once, as by a server.
        FakeVersion edited = TopicEdits.Apply(parent, operation);
        return book.Run(request.RequestId, fit, () => Child(edited));

        FakeVersion Child(FakeVersion draft) => draft with { Parent = parent.ResourceName, Operation = request.Operation };
    }

    // What a test throws is why the work fails.
    private static FakeVersion Scripted(Func<ModelSelector, VersionOperation, IEnumerable<TopicInfo>> topics, FakeVersion parent, VersionOperation operation)
    {
        IEnumerable<TopicInfo> scripted = topics(new ModelSelector(parent.Model) { Version = parent.Version }, operation);
        return new FakeVersion(parent.Model, [.. scripted.OrderBy(static topic => topic.Id)]);
    }
}
