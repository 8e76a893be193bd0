using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Onnx;
using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Server.Embedding;

/// <summary>Registers the encoder and the threads that run it.</summary>
internal static class EmbeddingRegistration
{
    /// <summary>Registers the given encoder; without one, the encoder on disk, loaded once per process.</summary>
    public static IServiceCollection AddEmbedding(this IServiceCollection services, IEmbedder? embedder)
    {
        services.AddCheckedOptions<EmbeddingOptions, EmbeddingOptionsValidator>(EmbeddingOptions.SectionName);
        services.TryAddSingleton<EmbeddingExecutors>();
        services.TryAddSingleton<QueuedEmbedder>();
        services.TryAddSingleton<EmbeddingWatchdog>();
        services.AddHostedService(static provider => provider.GetRequiredService<EmbeddingWatchdog>());
        if (embedder is not null)
        {
            services.TryAddSingleton(embedder);
        }
        else
        {
            services.TryAddSingleton<IEmbedder>(static provider => Open(provider.GetRequiredService<IOptions<EmbeddingOptions>>().Value));
        }

        return services;
    }

    private static OnnxEmbedder Open(EmbeddingOptions options) => OnnxEmbedder.Open(new OnnxEmbedderOptions
    {
        Directory = options.Directory,
        Precision = options.Precision == "fast" ? EmbedderPrecision.Fast : EmbedderPrecision.Full,
    });
}
