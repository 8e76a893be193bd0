using Microsoft.Extensions.DependencyInjection.Extensions;

namespace TopicGrpc.Server.Documents;

/// <summary>Registers the listing of training documents.</summary>
internal static class DocumentsRegistration
{
    public static IServiceCollection AddDocuments(this IServiceCollection services)
    {
        services.TryAddSingleton<DocumentListing>();
        return services;
    }
}
