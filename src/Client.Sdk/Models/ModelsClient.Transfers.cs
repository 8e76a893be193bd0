using TopicGrpc.Client.Calls;
using TopicGrpc.Client.Selectors;
using Wire = TopicGrpc.V1;

namespace TopicGrpc.Client.Models;

/// <content>Import and export of models.</content>
public partial class ModelsClient
{
    private static readonly RpcMethod ImportMethod = RpcMethod.Of(
        Wire.ModelService.Descriptor, nameof(Wire.ModelService.ModelServiceClient.ImportModel));
    private static readonly RpcMethod ExportMethod = RpcMethod.Of(
        Wire.ModelService.Descriptor, nameof(Wire.ModelService.ModelServiceClient.ExportModel));

    /// <summary>
    /// Makes a version of a model that BERTopic saved with <c>serialization="safetensors"</c>; BERTopic's <c>load</c>. It serves the same
    /// words, sizes, labels and
    /// predictions by centroid. A broken connection is followed by another attempt, which makes no second version.
    /// </summary>
    /// <param name="model">Id of the model that gets the version; made when there is none.</param>
    /// <param name="directory">Folder that BERTopic saved; files that are none of the format's are left aside.</param>
    /// <param name="options">Labels for the version and what is insisted on; null: none.</param>
    /// <param name="cancellationToken">Stops the upload; a version that is whole at the server by then is made all the same.</param>
    /// <returns>The version, ready.</returns>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    /// <exception cref="FileNotFoundException">The folder lacks a file without which there is no model.</exception>
    /// <exception cref="Errors.InvalidRequestException">The files make no model, or more bytes than the server takes.</exception>
    /// <exception cref="Errors.TopicGrpcException">
    /// Among others, that the model needs another encoder than the server's (INCOMPATIBLE_MODEL).
    /// </exception>
    public virtual async Task<ModelVersion> ImportAsync(
        string model, string directory, ImportOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        Wire.ImportModelRequest.Types.Header header = new()
        {
            Model = WireNames.Model(model),
            AssignLabels = { options?.Labels ?? [] },
            RequestId = options?.RequestId ?? Guid.NewGuid().ToString("N"),
            EncoderSha256 = options?.EncoderSha256 ?? "",
            Files = { await ModelUpload.DescribeAsync(directory, cancellationToken).ConfigureAwait(false) },
        };
        ModelUpload upload = new(_stub, directory);
        Wire.ImportModelResponse response =
            await _core.Calls.RunAsync(ImportMethod, CallClass.Transfer, upload.Send, header, cancellationToken).ConfigureAwait(false);
        return ModelMapping.Map(response.ModelVersion);
    }

    /// <summary>
    /// Writes a version as a folder that BERTopic loads with the same words, sizes, labels and predictions by centroid; BERTopic's
    /// <c>save</c>. The folder appears when all of it is there.
    /// </summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="directory">Folder to make; it must be missing or empty.</param>
    /// <param name="cancellationToken">Stops the download; nothing of it stays.</param>
    /// <returns>What was written.</returns>
    /// <exception cref="IOException">The folder holds files, or the disk refused.</exception>
    /// <exception cref="Errors.ModelNotFoundException">The model, version or label does not exist.</exception>
    /// <exception cref="Errors.TopicGrpcException">Among others, that other bytes arrived than were announced.</exception>
    public virtual async Task<ExportedModel> ExportAsync(
        ModelSelector model, string directory, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(directory);
        Wire.ExportModelRequest request = new() { Selector = SelectorMapping.Map(model) };
        using ModelDownload download = new(_stub, directory);
        Wire.ExportModelResponse.Types.Header header =
            await _core.Calls.RunAsync(ExportMethod, CallClass.Transfer, download.Send, request, cancellationToken).ConfigureAwait(false);
        (string name, long version) = WireNames.ParseVersion(header.ModelVersion);
        return new ExportedModel(name, version, header.EncoderSha256, download.Publish(), [.. header.Files.Select(ModelMapping.Map)]);
    }
}
