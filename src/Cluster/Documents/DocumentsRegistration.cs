using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using TopicGrpc.Cluster.Members;
using TopicGrpc.Server.Corpora;

namespace TopicGrpc.Cluster.Documents;

/// <summary>Registers the shared logs of corpora, if the server is a member of a cluster.</summary>
internal static class DocumentsRegistration
{
    public static IServiceCollection AddDocuments(this IServiceCollection services, IConfiguration configuration)
    {
        if (MemberMode.IsSet(configuration))
        {
            services.AddSingleton<RecordStore>();
            services.AddSingleton<ICorpusLog, PostgresCorpusLog>();
            services.AddSingleton<RecordSweep>();
            services.AddHostedService<RecordSweepService>();
        }

        return services;
    }
}
