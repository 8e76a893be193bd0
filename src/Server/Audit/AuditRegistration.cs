using TopicGrpc.Server.Hosting;

namespace TopicGrpc.Server.Audit;

/// <summary>Registers the audit log.</summary>
internal static class AuditRegistration
{
    public static IServiceCollection AddAudit(this IServiceCollection services)
    {
        services.AddCheckedOptions<AuditOptions, AuditOptionsValidator>(AuditOptions.SectionName);
        services.AddSingleton<AuditLog>();
        return services;
    }
}
