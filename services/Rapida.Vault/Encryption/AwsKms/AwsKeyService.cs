using Amazon;
using Amazon.KeyManagementService;
using Amazon.KeyManagementService.Model;
using Amazon.Runtime;

namespace Rapida.Vault.Encryption.AwsKms;

/// <summary>
/// AWS Key Management Service: a ring key is a data key that KMS made (<c>aws kms generate-data-key-without-plaintext --number-of-bytes 32</c>), and only
/// it can open. Who Vault is there, AWS's own chain finds: environment, profile, role of the container or of the instance.
/// </summary>
internal sealed class AwsKeyService : IKeyService, IDisposable
{
    private readonly AmazonKeyManagementServiceClient _kms;

    /// <param name="settings">
    /// <c>Region</c>, such as eu-central-1, else AWS's own chain finds it; <c>ServiceUrl</c>, for a private endpoint.
    /// </param>
    public AwsKeyService(IConfiguration settings)
    {
        var config = new AmazonKeyManagementServiceConfig { Timeout = TimeSpan.FromSeconds(5), MaxErrorRetry = 2 };
        if (settings["ServiceUrl"] is { Length: > 0 } url)
            (config.ServiceURL, config.AuthenticationRegion) = (url, settings["Region"]);
        else if (settings["Region"] is { Length: > 0 } region)
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(region);
        _kms = new(config);
    }

    public async Task<byte[]> UnwrapAsync(string keyId, byte[] wrapped, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await _kms.DecryptAsync(
                new DecryptRequest
                {
                    CiphertextBlob = new MemoryStream(wrapped),
                    // What was said when the key was made: a blob that was made for something else does not open.
                    EncryptionContext = new() { ["rapida"] = "vault-key-ring", ["key_id"] = keyId },
                },
                cancellationToken);
            return answer.Plaintext.ToArray();
        }
        catch (AmazonServiceException exception)
        {
            throw new KeyServiceException(exception.ErrorCode ?? exception.GetType().Name, exception);
        }
        catch (Exception exception) when (exception is AmazonClientException or HttpRequestException)
        {
            throw new KeyServiceException(exception.GetType().Name, exception);
        }
    }

    public void Dispose() => _kms.Dispose();
}
