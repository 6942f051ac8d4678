//! ClassicLink, which AWS has retired: whoever asks is told so in AWS's words, and clients go on without.

use wire::ApiError;
use wire::ec2::error;
use wire::ec2::input::{DescribeVpcClassicLink, DescribeVpcClassicLinkDnsSupport};
use wire::ec2::output::{DescribeVpcClassicLinkDnsSupportResult, DescribeVpcClassicLinkResult};

use crate::api::operation::{Context, Operation};

fn retired() -> ApiError {
    error(
        "UnsupportedOperation",
        "The functionality you requested is not available in this region.",
    )
}

impl Operation for DescribeVpcClassicLink {
    type Output = DescribeVpcClassicLinkResult;

    async fn run(self, _: &Context<'_>) -> Result<DescribeVpcClassicLinkResult, ApiError> {
        let DescribeVpcClassicLink {} = self;
        Err(retired())
    }
}

impl Operation for DescribeVpcClassicLinkDnsSupport {
    type Output = DescribeVpcClassicLinkDnsSupportResult;

    async fn run(
        self,
        _: &Context<'_>,
    ) -> Result<DescribeVpcClassicLinkDnsSupportResult, ApiError> {
        let DescribeVpcClassicLinkDnsSupport {} = self;
        Err(retired())
    }
}
