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
    /// Imports a model that BERTopic saved with <c>serialization="safetensors"</c> as a new version, like BERTopic's <c>load</c>. The
    /// version has the same words, sizes, labels and predictions by centroid. After a broken connection, the client retries; a retry
    /// creates no second version.
    /// </summary>
    /// <param name="model">Id of the model that gets the version. The server creates the model if it does not exist.</param>
    /// <param name="directory">Folder that BERTopic saved. Files of other formats are ignored.</param>
    /// <param name="options">Labels, request id and required encoder; null for none.</param>
    /// <param name="cancellationToken">Stops the upload. A server that has already received all files still creates the version.</param>
    /// <returns>The version, ready.</returns>
    /// <exception cref="DirectoryNotFoundException">The folder does not exist.</exception>
    /// <exception cref="FileNotFoundException">The folder lacks a required file.</exception>
    /// <exception cref="Errors.InvalidRequestException">The files are not a valid model or exceed the size limit of the server.</exception>
    /// <exception cref="Errors.TopicGrpcException">
    /// The model needs another encoder than the server's (INCOMPATIBLE_MODEL), or another failure.
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
    /// Exports a version as a folder, like BERTopic's <c>save</c>. BERTopic loads it with the same words, sizes, labels and predictions by
    /// centroid. The folder appears when it is complete.
    /// </summary>
    /// <param name="model">Model, optionally <c>model@version</c> or <c>model@label</c>.</param>
    /// <param name="directory">Folder to create; it must not exist or be empty.</param>
    /// <param name="cancellationToken">Stops the download and deletes the partial folder.</param>
    /// <returns>The exported version and its files.</returns>
    /// <exception cref="IOException">The folder contains files or cannot be written.</exception>
    /// <exception cref="Errors.ModelNotFoundException">The model, version or label does not exist.</exception>
    /// <exception cref="Errors.TopicGrpcException">The received bytes differ from the header, or another failure.</exception>
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
