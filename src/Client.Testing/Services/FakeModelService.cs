using Grpc.Core;
using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Models;
using TopicGrpc.Client.Selectors;
using TopicGrpc.Client.Testing.Calls;
using TopicGrpc.Client.Testing.Mapping;
using TopicGrpc.Client.Testing.Scripts;
using TopicGrpc.Client.Testing.State;
using TopicGrpc.Shared.Content;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Testing.Services;

/// <summary>Returns the fake's models; derives, compares and deletes versions.</summary>
internal sealed partial class FakeModelService(
    FakeModels models, DerivationScript derivations, ImportScript imports, QueryScript queries) : Wire.ModelService.ModelServiceBase
{
    public override Task<Wire.ListModelsResponse> ListModels(Wire.ListModelsRequest request, ServerCallContext context) =>
        Task.FromResult(new Wire.ListModelsResponse { Models = { models.All().Select(ModelToWire.Map) } });

    public override Task<Wire.GetModelResponse> GetModel(Wire.GetModelRequest request, ServerCallContext context) =>
        Task.FromResult(
            models.With(WireNames.Id(request.Name), static line => new Wire.GetModelResponse { Model = ModelToWire.Map(line.Info) }));

    public override Task<Wire.ListVersionsResponse> ListVersions(Wire.ListVersionsRequest request, ServerCallContext context) =>
        Task.FromResult(models.With(
        WireNames.Id(request.Parent),
        static line => new Wire.ListVersionsResponse { ModelVersions = { line.Versions.Select(ModelToWire.Map).Select(Summary.Of) } }));

    public override Task<Wire.GetVersionResponse> GetVersion(Wire.GetVersionRequest request, ServerCallContext context)
    {
        (string model, long version) = WireNames.ParseVersion(request.Name);
        Wire.ModelVersion whole = ModelToWire.Map(models.With(model, line => line.Version(version))).Clone();
        MessagePage<Wire.ModelVersion> page = MessagePages.Cut(whole, request.PageToken);
        return Task.FromResult(new Wire.GetVersionResponse
        {
            ModelVersion = page.Message,
            OmittedLists = { page.OmittedLists },
            NextPageToken = page.NextToken,
        });
    }

    public override Task<Wire.DeleteVersionResponse> DeleteVersion(Wire.DeleteVersionRequest request, ServerCallContext context)
    {
        (string model, long version) = WireNames.ParseVersion(request.Name);
        return Task.FromResult(models.With(model, line =>
        {
            if (!request.AllowMissing || line.Versions.Any(one => one.Version == version))
            {
                line.Delete(version);
            }

            return new Wire.DeleteVersionResponse();
        }));
    }

    public override Task<Wire.DeriveVersionResponse> DeriveVersion(Wire.DeriveVersionRequest request, ServerCallContext context) =>
        Task.FromResult(new Wire.DeriveVersionResponse { Fit = Summary.Of(derivations.Start(request)) });

    public override Task<Wire.CompareModelVersionsResponse> CompareModelVersions(
        Wire.CompareModelVersionsRequest request, ServerCallContext context)
    {
        Func<ModelSelector, ModelSelector, VersionComparison> script = queries.Comparison;
        FakeVersion before = models.Resolve(SelectorFromWire.Map(request.BaseSelector));
        FakeVersion after = models.Resolve(SelectorFromWire.Map(request.Selector));
        return Task.FromResult(ComparisonToWire.Map(script(before.Selector, after.Selector)));
    }
}
