using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using TopicGrpc.Engine.Embeddings;
using TopicGrpc.Onnx;
using TopicGrpc.Server.Scheduling;

namespace TopicGrpc.Server.Predicting;

/// <summary>Registers the encoder and what runs it.</summary>
internal static class PredictingServices
{
    /// <summary>Registers the encoder given, or else the one on disk, loaded once per process.</summary>
    public static IServiceCollection AddEncoder(this IServiceCollection services, IEmbedder? embedder)
    {
        services.AddOptions<EmbeddingOptions>().BindConfiguration(EmbeddingOptions.SectionName).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<EmbeddingOptions>, EmbeddingOptionsValidator>());
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

    public static IServiceCollection AddPredicting(this IServiceCollection services)
    {
        services.TryAddSingleton<CallWatch>();
        services.TryAddSingleton<EmbeddingExecutors>();
        services.AddOptions<AnswerCacheOptions>().BindConfiguration(AnswerCacheOptions.SectionName).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<AnswerCacheOptions>, AnswerCacheOptionsValidator>());
        services.TryAddSingleton<AnswerCache>();
        services.TryAddSingleton<Predictor>();
        return services;
    }

    private static OnnxEmbedder Open(EmbeddingOptions options) => OnnxEmbedder.Open(new OnnxEmbedderOptions
    {
        Directory = options.Directory,
        Precision = options.Precision == "fast" ? EmbedderPrecision.Fast : EmbedderPrecision.Full,
    });
}
