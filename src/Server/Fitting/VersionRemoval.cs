using TopicGrpc.Server.Models;
using TopicGrpc.V1;

namespace TopicGrpc.Server.Fitting;

/// <summary>Deletes versions, and with them the topics that they gave the documents of corpora.</summary>
internal sealed class VersionRemoval(ModelChanges changes, ModelRegistry models, IAssignmentStore assignments)
{
    /// <summary>Deletes a version.</summary>
    /// <exception cref="Errors.ServiceException">The version does not exist or is in use.</exception>
    public async Task<DeleteVersionResponse> DeleteAsync(DeleteVersionRequest request, CancellationToken cancellationToken)
    {
        DeleteVersionResponse response = await changes.DeleteVersionAsync(request, cancellationToken);
        await SweepAsync();
        return response;
    }

    /// <summary>
    /// Deletes the assignments of versions that do not exist. Version numbers are not used again, so a file that is left until the next
    /// sweep takes space and is never read.
    /// </summary>
    public Task SweepAsync() => assignments.RemoveUnusedAsync(
        (model, version) => models.Current.Models.TryGetValue(model, out ModelRoute? route) && route.Versions.ContainsKey(version));
}
