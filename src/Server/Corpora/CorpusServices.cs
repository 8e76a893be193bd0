using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace TopicGrpc.Server.Corpora;

/// <summary>Registers the corpora.</summary>
internal static class CorpusServices
{
    public static IServiceCollection AddCorpora(this IServiceCollection services)
    {
        services.AddOptions<IngestOptions>().BindConfiguration(IngestOptions.SectionName).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<IngestOptions>, IngestOptionsValidator>());
        services.TryAddSingleton<CorpusTable>();
        services.TryAddSingleton<CorpusStore>();
        return services;
    }
}
