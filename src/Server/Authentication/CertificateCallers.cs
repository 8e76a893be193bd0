using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Options;
using TopicGrpc.Server.Access;

namespace TopicGrpc.Server.Authentication;

/// <summary>Finds the caller of a client certificate. The handshake has validated the certificate.</summary>
internal sealed class CertificateCallers(IOptions<AuthenticationOptions> options)
{
    private const string AlternativeNames = "2.5.29.17";
    private const int EmailTag = 1;
    private const int DnsTag = 2;
    private const int UriTag = 6;

    private readonly (CertificateCaller Rule, Caller Caller)[] _callers =
    [
        .. options.Value.Certificates.Select(static rule => (rule, new Caller(
            "certificates/" + (rule.SubjectAlternativeName ?? rule.Subject),
            new Grant(rule.Role, Patterns(rule.Models), Patterns(rule.Corpora)),
            Quota.None))),
    ];

    /// <summary>Whether a certificate can authenticate.</summary>
    public bool IsEnabled => _callers.Length > 0;

    /// <summary>Returns the caller of a certificate; null: no rule matches it.</summary>
    public Caller? Find(X509Certificate2 certificate)
    {
        foreach ((CertificateCaller rule, Caller caller) in _callers)
        {
            if (HasSubject(certificate, rule.Subject) && HasName(certificate, rule.SubjectAlternativeName))
            {
                return caller with { ValidUntil = new DateTimeOffset(certificate.NotAfter.ToUniversalTime(), TimeSpan.Zero) };
            }
        }

        return null;
    }

    private static bool HasSubject(X509Certificate2 certificate, string? subject) =>
        string.IsNullOrEmpty(subject)
        || new X500DistinguishedName(subject).RawData.AsSpan().SequenceEqual(certificate.SubjectName.RawData)
        || string.Equals(subject, certificate.Subject, StringComparison.Ordinal);

    private static bool HasName(X509Certificate2 certificate, string? name) =>
        string.IsNullOrEmpty(name) || NamesOf(certificate).Contains(name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads DNS names, URIs and e-mail addresses of the subject alternative name (RFC 5280, section 4.2.1.6).</summary>
    private static List<string> NamesOf(X509Certificate2 certificate)
    {
        List<string> names = [];
        foreach (X509Extension extension in certificate.Extensions.Where(static extension => extension.Oid?.Value == AlternativeNames))
        {
            AsnReader sequence = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
            while (sequence.HasData)
            {
                Asn1Tag tag = sequence.PeekTag();
                if (tag is { TagClass: TagClass.ContextSpecific, TagValue: EmailTag or DnsTag or UriTag })
                {
                    names.Add(sequence.ReadCharacterString(UniversalTagNumber.IA5String, tag));
                }
                else
                {
                    sequence.ReadEncodedValue();
                }
            }
        }

        return names;
    }

    private static NamePatterns Patterns(IList<string> patterns) => patterns.Count == 0 ? NamePatterns.All : new NamePatterns(patterns);
}
