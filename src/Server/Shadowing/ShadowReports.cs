using TopicGrpc.Server.Contract;
using TopicGrpc.Server.Errors;
using TopicGrpc.Server.Models;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Shadowing;

/// <summary>Reports of shadow versions.</summary>
internal sealed class ShadowReports(ModelRegistry models, ShadowTallies tallies)
{
    /// <exception cref="ServiceException">The model does not exist, or its traffic policy has no shadow version.</exception>
    public GetShadowReportResponse Get(GetShadowReportRequest request)
    {
        string modelId = RequestNames.ParseModel(request.Model, "model");
        int pairs = Paging.Size(request.MaxDisagreements);
        if (models.Current.Model(modelId).Traffic is not { Shadow: > 0 } traffic)
        {
            throw Fault.NotAvailable($"The traffic policy of '{request.Model}' has no shadow version.");
        }

        ShadowTally tally = tallies.Of(traffic);
        return ShadowMapping.ToProto(modelId, traffic.Shadow, tally.Since, tally.Read(pairs));
    }
}
